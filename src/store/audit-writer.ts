import { sealEntry } from '../audit/entry.ts';
import type { AuditDraft, AuditEntry, SealedEntry } from '../audit/entry.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { inputOfLinks } from '../audit/snapshot-link.ts';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import { inChunks } from './in-chunks.ts';
import type { Session } from './session.ts';
import { termRowsOf } from './term-rows.ts';
import { topicRowsOf } from './topic-rows.ts';
import { uuidV7 } from './uuid-v7.ts';
import { writeTiles } from './write-tiles.ts';

export interface AuditWriterPorts {
  readonly clock: Clock;
  readonly random: (size: number) => Uint8Array;
}

interface Head {
  readonly size: number;
  readonly lastTime: Date;
}

/**
 * Appends within one transaction. The first entry of an account locks its head until the end, so that sequences have no
 * gap and time never goes back; entries are written together by `flush`, right before the commit.
 */
export class AuditWriter {
  readonly #session: Session;
  readonly #ports: AuditWriterPorts;
  readonly #heads = new Map<number, Head>();
  readonly #sealed: SealedEntry[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session, ports: AuditWriterPorts) {
    this.#session = session;
    this.#ports = ports;
  }

  /** One after the other, also when the caller does not wait in between. */
  append(draft: AuditDraft): Promise<AuditEntry> {
    const entry = this.#last.then(() => this.#append(draft));
    this.#last = entry.catch(() => undefined);
    return entry;
  }

  /** In turn with the appends; one that was made before in the same transaction stands. */
  unblock(account: number, why: string): Promise<boolean> {
    const lifted = this.#last.then(() => this.#unblock(account, why));
    this.#last = lifted.catch(() => undefined);
    return lifted;
  }

  async #unblock(account: number, why: string): Promise<boolean> {
    const head = await this.#read(account);
    if (head === null || head.blocked !== why) return false;
    await this.#session.run(this.#session.database.updateTable('audit_heads').set({ blocked: null }).where('account_id', '=', account));
    return true;
  }

  async #append(draft: AuditDraft): Promise<AuditEntry> {
    const head = this.#heads.get(draft.account) ?? (await this.#lock(draft.account));
    const now = this.#ports.clock.now();
    const time = now > head.lastTime ? now : head.lastTime;
    const { random } = this.#ports;
    const sealed = sealEntry(draft, { sequence: head.size, id: uuidV7(time, random(10)), time: time.toISOString(), nonce: () => random(32) });
    this.#heads.set(draft.account, { size: head.size + 1, lastTime: time });
    this.#sealed.push(sealed);
    return sealed.entry;
  }

  async flush(): Promise<void> {
    for (const chunk of inChunks(this.#sealed, 1_000)) {
      const { database } = this.#session;
      await this.#session.run(database.insertInto('audit_leaves').values(chunk.map(leafRow)));
      await this.#session.run(database.insertInto('audit_openings').values(chunk.flatMap(openingRows)));
      for (const rows of inChunks(chunk.flatMap(({ entry }) => topicRowsOf(entry)), 1_000)) await this.#session.run(database.insertInto('audit_topics').values(rows));
      for (const rows of inChunks(chunk.flatMap(({ entry, openings }) => termRowsOf(entry, openings)), 1_000)) await this.#session.run(database.insertInto('audit_terms').values(rows));
      const judged = chunk.flatMap(judgedRow);
      if (judged.length > 0) await this.#session.run(database.insertInto('audit_judged').values(judged));
    }
    for (const [account, head] of this.#heads) {
      await writeTiles(this.#session, account, { from: head.size - this.#sealed.filter(({ entry }) => entry.account === account).length, to: head.size });
      const grown = this.#session.database.updateTable('audit_heads').set({ size: head.size, last_time: head.lastTime });
      await this.#session.run(grown.where('account_id', '=', account));
    }
  }

  async #lock(account: number): Promise<Head> {
    const head = (await this.#read(account)) ?? (await this.#begin(account));
    if (head.blocked !== null) {
      throw new Failure('AUDIT_BLOCKED', `Cannot append to the audit log of account ${account}: it is blocked (${head.blocked}). Nothing was changed. Run plumbline audit verify.`);
    }
    const locked = { size: Number(head.size), lastTime: head.last_time };
    this.#heads.set(account, locked);
    return locked;
  }

  async #read(account: number) {
    const heads = this.#session.database.selectFrom('audit_heads').select(['size', 'last_time', 'blocked']);
    return this.#session.first(heads.where('account_id', '=', account).forUpdate());
  }

  async #begin(account: number) {
    const row = { account_id: account, size: 0, last_time: new Date(0), blocked: null };
    await this.#session.run(this.#session.database.insertInto('audit_heads').values(row).onConflict((conflict) => conflict.doNothing()));
    const head = await this.#read(account);
    if (head === null) throw new Failure('STORE_INCONSISTENT', `Cannot append to the audit log of account ${account}: its head is gone.`);
    return head;
  }
}

function leafRow({ entry, leaf }: SealedEntry) {
  return { account_id: entry.account, sequence: entry.sequence, leaf, leaf_hash: leafHash(leaf) };
}

/** What was judged can be erased, and only where it is noted is it looked for. */
function judgedRow({ entry }: SealedEntry) {
  const input = inputOfLinks(entry.links);
  return input?.kind === 'kept' ? [{ account_id: entry.account, sequence: entry.sequence, digest: input.digest }] : [];
}

function openingRows({ entry, openings }: SealedEntry) {
  return openings.map(({ digest, nonce, bytes }, place) => ({ account_id: entry.account, sequence: entry.sequence, place, digest, nonce, bytes }));
}
