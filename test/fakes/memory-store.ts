import { createHash } from 'node:crypto';
import { Failure } from '../../src/domain/failure.ts';
import type { AuditLog, StoredCheckpoint } from '../../src/flows/ports/audit-log.ts';
import type { AuditWatch } from '../../src/flows/ports/audit-watch.ts';
import type { Clock } from '../../src/flows/ports/clock.ts';
import type { ObjectCache } from '../../src/flows/ports/object-cache.ts';
import type { Store, StoreTransaction } from '../../src/flows/ports/store.ts';
import { fakeClock } from './fake-clock.ts';
import { copyOf, emptyState } from './memory-state.ts';
import type { MemoryState } from './memory-state.ts';
import { memoryIndex } from './memory-index.ts';
import { memoryReads, memorySearch } from './memory-search.ts';
import { memoryQueue } from './memory-queue.ts';
import { memoryTransaction } from './memory-transaction.ts';

export interface MemoryStoreOptions {
  readonly clock?: Clock;
  readonly random?: (size: number) => Uint8Array;
}

/** The store in memory: everything happens alone, one thing after the other, on a copy that takes the place of the original at its end. */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const clock = options.clock ?? fakeClock();
  const random = options.random ?? countingRandom();
  let state = emptyState();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const alone = <Result>(work: (copy: MemoryState) => Promise<Result> | Result): Promise<Result> => {
    const turn = last.then(async () => {
      if (closed) throw new Failure('STORE_UNAVAILABLE', 'Cannot use the store: it is closed');
      const copy = copyOf(state);
      const result = await work(copy);
      state = copy;
      return result;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const within = transactions(clock, random);
  return {
    transaction: (work) => alone((copy) => within(copy, work)),
    queue: memoryQueue(alone, () => Buffer.from(random(16)).toString('hex')),
    cache: memoryCache(),
    audit: memoryLog(alone),
    auditIndex: memoryIndex((account) => alone((copy) => copy.logs.get(account)?.entries ?? [])),
    auditWatch: memoryWatch(alone),
    search: memorySearch(alone),
    reads: memoryReads(alone),
    ping: () => alone(() => undefined),
    prune: () => alone(() => undefined),
    async close() {
      await last;
      closed = true;
    },
  };
}

/**
 * Works in a transaction on a copy. Transactions are one object, since to put its methods together costs more than most of what is
 * done in one. What comes after the end of a transaction changes nothing that anybody reads.
 */
function transactions(clock: Clock, random: (size: number) => Uint8Array) {
  const nowhere = emptyState();
  const current = emptyState();
  const transaction = memoryTransaction(current, clock, random);
  return async <Result>(copy: MemoryState, work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> => {
    Object.assign(current, copy);
    try {
      return await work(transaction);
    } finally {
      Object.assign(current, nowhere);
    }
  };
}

/** Bytes that differ from call to call and are the same in every run. */
export function countingRandom(): (size: number) => Uint8Array {
  let calls = 0;
  return (size) => {
    calls += 1;
    return new Uint8Array(createHash('sha256').update(`call ${calls}`).digest()).slice(0, size);
  };
}

function memoryCache(): ObjectCache {
  const blobs = new Map<string, Awaited<ReturnType<ObjectCache['blobs']>>>();
  const values = new Map<string, string>();
  return {
    blobs: async (accountId, wanted) => new Map(wanted.flatMap((blob) => [...(blobs.get(`${accountId}:${blob}`) ?? [])])),
    async keepBlobs(accountId, kept) {
      for (const [blob, content] of kept) blobs.set(`${accountId}:${blob}`, new Map([[blob, content]]));
    },
    find: async (accountId, key) => values.get(`${accountId}:${key}`) ?? null,
    async keep(accountId, key, value) {
      values.set(`${accountId}:${key}`, value);
    },
  };
}

function cosigned(state: MemoryState, account: number, { size, note }: StoredCheckpoint): string {
  const lines = (state.anchors.get(account) ?? []).filter((one) => one.size === size).toSorted((a, b) => (a.anchor < b.anchor ? -1 : 1));
  return [note, ...lines.map(({ cosignature }) => cosignature ?? '')].join('');
}

function memoryWatch(alone: <Result>(work: (state: MemoryState) => Result) => Promise<Result>): AuditWatch {
  return {
    accounts: () => alone((state) => [...new Set([...state.selfAudits.keys(), ...state.anchors.keys(), ...state.checkpoints.keys()])].toSorted((a, b) => a - b)),
    sealed: (account) =>
      alone((state) => {
        const [first, ...others] = state.checkpoints.get(account) ?? [];
        const newest = others.at(-1) ?? first;
        return first === undefined || newest === undefined ? null : { first: first.sealedAt, newest: { size: newest.size, at: newest.sealedAt } };
      }),
    anchored: (account) =>
      alone((state) => {
        const newest = [...Map.groupBy(state.anchors.get(account) ?? [], ({ anchor }) => anchor).values()].map((of) => of.reduce((most, one) => (one.size > most.size ? one : most)));
        return newest.map(({ anchor, size, at }) => ({ anchor, size, at, behindSince: state.checkpoints.get(account)?.find((one) => one.size > size)?.sealedAt ?? null }));
      }),
    saveAnchored: (account, anchored) =>
      alone((state) => {
        const saved = state.anchors.get(account) ?? [];
        if (!saved.some(({ anchor, size }) => anchor === anchored.anchor && size === anchored.size)) state.anchors.set(account, [...saved, anchored]);
      }),
    holds: (account) => alone((state) => [...state.holds.values()].filter((one) => one.account === account).map(({ hold }) => hold).toSorted((a, b) => a.id - b.id)),
    selfAudit: (account) => alone((state) => state.selfAudits.get(account) ?? null),
    saveSelfAudit: (account, audit) => alone((state) => void state.selfAudits.set(account, audit)),
    clockSeen: () => alone((state) => state.clockSeen[0] ?? null),
    saveClockSeen: (seen) => alone((state) => void state.clockSeen.splice(0, 1, seen)),
  };
}

function memoryLog(alone: <Result>(work: (state: MemoryState) => Result) => Promise<Result>): AuditLog {
  return {
    accounts: () => alone((state) => [...state.logs].filter(([, log]) => log.entries.length > 0).map(([account]) => account).toSorted((a, b) => a - b)),
    size: (account) => alone((state) => state.logs.get(account)?.entries.length ?? 0),
    entries: (account, from, limit) => alone((state) => state.logs.get(account)?.entries.slice(from, from + limit) ?? []),
    checkpoints: (account, from = 0) => alone((state) => (state.checkpoints.get(account) ?? []).filter((one) => one.size >= from).map((one) => ({ ...one, note: cosigned(state, account, one) }))),
    snapshots: (account, digests) => alone((state) => digests.flatMap((digest) => state.snapshots.get(`${account}:${digest}`) ?? [])),
    block: (account, why) =>
      alone((state) => {
        const log = state.logs.get(account) ?? { entries: [], lastTime: 0 };
        state.logs.set(account, { ...log, blocked: why });
      }),
    blocked: (account) => alone((state) => state.logs.get(account)?.blocked ?? null),
  };
}
