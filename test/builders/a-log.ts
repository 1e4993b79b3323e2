import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { AuditDraft, AuditEntry } from '../../src/audit/entry.ts';
import { sealEntry } from '../../src/audit/entry.ts';
import { readLogKey } from '../../src/audit/log-key.ts';
import type { LogKey } from '../../src/audit/log-key.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { refuseMisfit } from '../../src/audit/refuse-misfit.ts';
import type { Snapshot } from '../../src/audit/snapshot.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { AuditStore } from '../../src/flows/audit-store.ts';
import { exportAudit } from '../../src/flows/export-audit.ts';
import type { AuditIndex } from '../../src/flows/ports/audit-index.ts';
import type { AuditLog, AuditReader, StoredCheckpoint, StoredEntry } from '../../src/flows/ports/audit-log.ts';
import type { Clock } from '../../src/flows/ports/clock.ts';
import type { StoreTransaction } from '../../src/flows/ports/store.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { noteAppended } from '../fakes/appended-by-flows.ts';
import { memoryIndex } from '../fakes/memory-index.ts';

export const host = 'plumbline.example';
export const account = 42;
export const clock: Clock = { now: () => new Date('2026-11-20T12:00:00.000Z') };

/** The same key for the same seed: its 32 bytes are the hash of the seed. */
export function aLogKey(seed = 'log key'): LogKey {
  const raw = createHash('sha256').update(seed).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), raw]);
  return readLogKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString(), host);
}

export function rsaPem(): string {
  return generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
}

export function aDraft(overrides: Partial<AuditDraft> = {}): AuditDraft {
  return {
    account,
    repository: { id: 100, name: 'acme/shop' },
    subject: 'pull-request:7',
    event: 'decision.made',
    actor: 'user:mona',
    rationale: 'Contracts are unchanged',
    outcome: 'allow',
    payload: { decision: 'allow' },
    ...overrides,
  };
}

/** A log in memory that an attacker with write access to the database may change at will. */
export class TestLog implements AuditLog, AuditStore {
  entriesOf: StoredEntry[] = [];
  checkpointsOf: StoredCheckpoint[] = [];
  snapshotsOf: Snapshot[] = [];
  reads = 0;
  /** What was anchored and verified of it, as the store remembers. */
  auditWatch: AuditStore['auditWatch'] = { anchored: async () => [], selfAudit: async () => null };
  #blocked: string | null = null;

  /** The indexes that stand beside it. */
  get index(): AuditIndex {
    return memoryIndex(async () => await Promise.resolve(this.entriesOf));
  }

  get audit(): AuditLog {
    return this;
  }

  async transaction<Result>(work: (transaction: Pick<StoreTransaction, 'append' | 'unblock' | 'saveCheckpoint'>) => Promise<Result>): Promise<Result> {
    const blocked = this.#blocked;
    const appended: number[] = [];
    const saved: StoredCheckpoint[] = [];
    const append: StoreTransaction['append'] = async (draft) => {
      const entry = this.#appendFitting(draft);
      appended.push(entry.sequence);
      return entry;
    };
    const saveCheckpoint: StoreTransaction['saveCheckpoint'] = async (_account, checkpoint) => {
      const isNew = await this.saveCheckpoint(checkpoint);
      if (isNew) saved.push(checkpoint);
      return isNew;
    };
    try {
      return await work({ append, unblock: async (_account, why) => this.#unblock(why), saveCheckpoint });
    } catch (thrown) {
      this.#blocked = blocked;
      this.entriesOf = this.entriesOf.filter(({ sequence }) => !appended.includes(sequence));
      this.checkpointsOf = this.checkpointsOf.filter((one) => !saved.includes(one));
      throw thrown;
    }
  }

  /** As a flow does. */
  #appendFitting(draft: AuditDraft): AuditEntry {
    refuseMisfit(draft);
    noteAppended(draft.event);
    return this.append(draft);
  }

  #unblock(why: string): boolean {
    if (this.#blocked !== why) return false;
    this.#blocked = null;
    return true;
  }

  append(draft: AuditDraft = aDraft()): AuditEntry {
    if (this.#blocked !== null) throw new Failure('AUDIT_BLOCKED', this.#blocked);
    const sequence = this.entriesOf.length;
    const entry = sealEntry(draft, { sequence, id: idOf(sequence), time: timeOf(sequence), nonce: nonces(sequence) });
    this.entriesOf.push({ sequence, leaf: entry.leaf, leafHash: leafHash(entry.leaf), openings: entry.openings });
    return entry.entry;
  }

  async accounts(): Promise<readonly number[]> {
    return this.entriesOf.length === 0 ? [] : [account];
  }

  async size(): Promise<number> {
    return this.entriesOf.length;
  }

  async entries(_account: number, from: number, limit: number): Promise<readonly StoredEntry[]> {
    const page = this.entriesOf.slice(from, from + limit);
    this.reads += page.length;
    return page;
  }

  async checkpoints(_account: number, from = 0): Promise<readonly StoredCheckpoint[]> {
    return this.checkpointsOf.filter(({ size }) => size >= from);
  }

  async snapshots(_account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]> {
    return this.snapshotsOf.filter(({ digest }) => digests.includes(digest));
  }

  /** Within a transaction. */
  async saveCheckpoint(checkpoint: StoredCheckpoint): Promise<boolean> {
    if (this.checkpointsOf.some(({ note }) => note === checkpoint.note)) return false;
    if (this.checkpointsOf.some(({ size }) => size >= checkpoint.size)) throw new Failure('STORE_INCONSISTENT', 'Cannot save a checkpoint: a newer one stands');
    this.checkpointsOf.push(checkpoint);
    return true;
  }

  async block(_account: number, why: string): Promise<void> {
    this.#blocked = why;
  }

  async blocked(_account: number): Promise<string | null> {
    return this.#blocked;
  }
}

export interface LogShape {
  /** Sizes at which checkpoints are signed, the entries about them included. */
  readonly entries: number;
  /** After how many appended entries to seal. */
  readonly sealEvery?: number;
  readonly key?: LogKey;
  readonly subject?: string;
}

/** A log of some decisions, sealed now and then, and at its end unless `sealEvery` says that some remain. */
export async function aLog({ entries, sealEvery = entries, key = aLogKey(), subject = 'pull-request' }: LogShape): Promise<TestLog> {
  const log = new TestLog();
  const sealer = createSealer({ store: log, signer: key, clock });
  for (let index = 0; index < entries; index += 1) {
    log.append(aDraft({ subject: `${subject}:${index}` }));
    if ((index + 1) % sealEvery === 0) await sealer.seal(account);
  }
  return log;
}

/** Seals what is there, the entry about the last checkpoint included, so that no entry stands unsealed. */
export async function sealed(log: TestLog, key: LogKey = aLogKey()): Promise<TestLog> {
  await createSealer({ store: log, signer: key, clock }).seal(account, { force: true });
  return log;
}

export async function exportOf(log: AuditReader, key: LogKey = aLogKey()): Promise<string> {
  const parts: string[] = [];
  for await (const part of exportAudit(log, account, [key.publicKey])) parts.push(part);
  return parts.join('');
}

function idOf(sequence: number): string {
  return `00000000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`;
}

export function timeOf(sequence: number): string {
  return new Date(Date.UTC(2026, 10, 20, 12) + sequence * 1_000).toISOString();
}

function nonces(sequence: number): () => Uint8Array {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${sequence} ${count}`).digest();
  };
}
