import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { leafOf } from '../../../src/audit/entry.ts';
import type { AuditEntry } from '../../../src/audit/entry.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import { failureOf } from '../../../src/domain/failure.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { Store, StoreTransaction } from '../../../src/flows/ports/store.ts';
import { createSealer } from '../../../src/flows/seal-checkpoint.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { aFittingDraft } from '../../builders/fitting-drafts.ts';
import { readSnapshot } from './log-snapshot.ts';
import { openLogStore } from './open-log-store.ts';
import type { WriterLine } from './writer-line.ts';
import type { WriterOptions } from './writer.ts';

const options: WriterOptions = JSON.parse(process.argv[2] ?? '');

const rolledBack = new Error('not to be kept');

/** A process that appends, requests effects and seals through the doors that flows use, until it is killed. */
const clock = { now: () => new Date(Date.now() + (options.clockMs ?? 0)) };
const { store, database } = await openLogStore(options.place, clock);
for (const { account, from } of options.logs) if (from !== null) say({ kind: 'snapshot', snapshot: await readSnapshot(database, account, from) });
say({ kind: 'ready' });
if (options.isLooking === true) await store.close();
else await Promise.all([...options.logs.flatMap(({ account }) => Array.from({ length: options.lanes }, () => write(store, account))), ...options.logs.map(({ account }) => seal(store, account))]);

function say(line: WriterLine): void {
  // At once and whole: what stands in a pipe outlives whoever wrote it.
  writeSync(1, `${JSON.stringify(line)}\n`);
}

async function write(store: Store, account: number): Promise<void> {
  for (;;) {
    const key = randomBytes(12).toString('hex');
    await settle(store, account, key);
    if (options.pauseMs !== undefined) await wait(options.pauseMs);
  }
}

/** Tried until it is known to stand. After a commit without an answer it may stand already: then it is adopted. */
async function settle(store: Store, account: number, key: string): Promise<void> {
  for (;;) {
    try {
      const entries = await attempt(store, account, key);
      return say(entries === null ? { kind: 'adopted', account, key } : { kind: 'appended', account, key, entries: entries.map(acknowledged) });
    } catch (thrown) {
      if (thrown === rolledBack) return say({ kind: 'rolled-back', account, key });
      const { code, message } = failureOf(thrown, 'STORE_UNAVAILABLE');
      say({ kind: 'failed', account, code, message });
      await wait(20);
    }
  }
}

/** Null when it stands. */
function attempt(store: Store, account: number, key: string): Promise<readonly AuditEntry[] | null> {
  return store.transaction(async (transaction) => {
    const pending = await transaction.pendingEffects(account, key);
    if (pending.length > 0) return null;
    const entries = [await append(transaction, account, key)];
    await transaction.request([{ effect: effectOf(key), group: key }], repositoryOf(account), key);
    if (options.isHolding === true) {
      say({ kind: 'holding', account, key });
      await wait(200);
    }
    const chance = (randomBytes(1)[0] ?? 0) / 256;
    if (chance < 0.1) throw rolledBack;
    // A second entry, about something else, in the same transaction.
    if (chance < 0.4) entries.push(await transaction.append(aFittingDraft('config.seen', { account, repository: null, subject: `configuration:${key}`, actor: 'system', rationale: 'x'.repeat(400) })));
    return entries;
  });
}

function append(transaction: StoreTransaction, account: number, key: string): Promise<AuditEntry> {
  return transaction.append(aFittingDraft('effect.performed', { account, repository: { id: account, name: 'acme/shop' }, subject: `effect:${key}`, payload: { key, filler: 'y'.repeat(600) } }));
}

function acknowledged(entry: AuditEntry): { readonly sequence: number; readonly hash: string; readonly time: string } {
  return { sequence: entry.sequence, hash: Buffer.from(leafHash(leafOf(entry))).toString('base64'), time: entry.time };
}

async function seal(store: Store, account: number): Promise<void> {
  const sealer = createSealer({ store, signer: aLogKey(), clock });
  for (;;) {
    await wait(options.sealEveryMs ?? 15);
    try {
      const sealing = await sealer.seal(account);
      if (sealing.kind === 'sealed') say({ kind: 'sealed', account, size: sealing.size, note: sealing.note });
    } catch (thrown) {
      const { code, message } = failureOf(thrown, 'STORE_UNAVAILABLE');
      say({ kind: 'failed', account, code, message });
    }
  }
}

function effectOf(key: string): Effect {
  return { kind: 'check', key, name: 'plumbline', head: 'c'.repeat(40), state: { status: 'completed', conclusion: 'success', title: 'allow', summary: 'z'.repeat(300), text: null, annotations: [] } };
}

/** The repository has the number of its account. */
function repositoryOf(account: number): RepositoryRef {
  return { account: { id: account, login: 'acme', kind: 'organization' }, installationId: 7, id: account, owner: 'acme', name: 'shop' };
}
