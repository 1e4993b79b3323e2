import { accountOf } from '../../src/store/account-of.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { JobQueue, JobRequest, LeasedJob } from '../../src/flows/ports/job-queue.ts';
import type { DeliveryRow, JobRow, MemoryState } from './memory-state.ts';

type Alone = <Result>(work: (state: MemoryState) => Result) => Promise<Result>;

export function memoryQueue(alone: Alone, newToken: () => string): JobQueue {
  return {
    lease: ({ now, until, limit }) => alone((state) => lease(state, now.getTime(), until.getTime(), limit, newToken)),
    renew: (job, until) => alone((state) => void state.jobs.set(job.key, { ...leased(state, job), availableAt: until.getTime() })),
    complete: (job) => alone((state) => end(state, job, 'done')),
    retry: (job, at) => alone((state) => {
      const row = leased(state, job);
      state.jobs.set(job.key, { ...row, lease: null, availableAt: Math.min(at.getTime(), row.nextAt ?? Infinity), nextAt: null, lostRuns: 0 });
    }),
    release: (job) => alone((state) => {
      const row = leased(state, job);
      state.jobs.set(job.key, { ...row, lease: null, attempt: row.attempt - 1, availableAt: 0, nextAt: null });
    }),
    bury: (job, _now, failure) => alone((state) => {
      end(state, job, 'buried');
      state.buried.push({ key: job.key, code: failure.code });
    }),
    takeBack: (after, now) => alone((state) => {
      const wrong = [...state.jobs.values()].filter((row) => row.lease !== null && row.availableAt > after.getTime());
      for (const row of wrong) state.jobs.set(row.request.key, { ...row, lease: null, availableAt: now.getTime(), nextAt: null, lostRuns: row.lostRuns + 1 });
      return wrong.length;
    }),
    counts: () => alone((state) => {
      const rows = [...state.jobs.values()];
      return { waiting: rows.filter((row) => row.lease === null).length, leased: rows.filter((row) => row.lease !== null).length, buried: state.buried.length };
    }),
  };
}

/** Adds a request to the row of its key and says which generation it is. */
export function enqueueIn(state: MemoryState, request: JobRequest, now: number): number {
  const at = request.runAt?.getTime() ?? now;
  const row = state.jobs.get(request.key);
  state.jobs.set(request.key, row === undefined ? { request, generation: 1, attempt: 0, attemptedGeneration: 0, availableAt: at, nextAt: null, lease: null, lostRuns: 0 } : joined(row, request, at));
  return (row?.generation ?? 0) + 1;
}

function joined(row: JobRow, request: JobRequest, at: number): JobRow {
  const next = { ...row, request, generation: row.generation + 1 };
  if (row.lease === null) return { ...next, availableAt: Math.min(at, row.availableAt) };
  return { ...next, nextAt: Math.min(at, row.nextAt ?? Infinity) };
}

/** Round by round over the accounts: each account's oldest first, the account that waited longest before others. */
function lease(state: MemoryState, now: number, until: number, limit: number, newToken: () => string): readonly LeasedJob[] {
  const due = [...state.jobs.values()].filter((row) => row.availableAt <= now).toSorted((a, b) => a.availableAt - b.availableAt || (a.request.key < b.request.key ? -1 : 1));
  const places = new Map<number, number>();
  const queued = due.map((row) => {
    const account = accountOf(row.request.payload);
    const place = places.get(account) ?? 0;
    places.set(account, place + 1);
    return { row, account, place, turn: state.turns.get(account) ?? 0 };
  });
  const chosen = queued.toSorted((a, b) => a.place - b.place || a.turn - b.turn || a.row.availableAt - b.row.availableAt).slice(0, limit);
  const turn = Math.max(0, ...state.turns.values()) + 1;
  const served = [...new Set(chosen.map(({ account }) => account))].toSorted((a, b) => a - b);
  for (const [index, account] of served.entries()) state.turns.set(account, turn + index);
  return chosen.map(({ row }) => leaseOne(state, row, until, newToken()));
}

function leaseOne(state: MemoryState, row: JobRow, until: number, token: string): LeasedJob {
  const { generation, request } = row;
  const attempt = row.attemptedGeneration === generation ? row.attempt + 1 : 1;
  const lostRuns = row.lease === null ? row.lostRuns : row.lostRuns + 1;
  state.jobs.set(request.key, { ...row, attempt, attemptedGeneration: generation, availableAt: until, nextAt: null, lease: { token, generation }, lostRuns });
  return { key: request.key, kind: request.kind, payload: request.payload, generation, attempt, lostRuns, token };
}

function leased(state: MemoryState, job: LeasedJob): JobRow {
  const row = state.jobs.get(job.key);
  if (row?.lease?.token !== job.token) throw new Failure('LEASE_LOST', `Cannot use the lease of ${job.key}: it was lost`);
  return row;
}

function end(state: MemoryState, job: LeasedJob, outcome: 'done' | 'buried'): void {
  const row = leased(state, job);
  if (row.generation === job.generation) state.jobs.delete(job.key);
  else state.jobs.set(job.key, { ...row, lease: null, availableAt: row.nextAt ?? 0, nextAt: null, lostRuns: 0 });
  for (const [guid, delivery] of state.deliveries) state.deliveries.set(guid, settled(delivery, job, outcome));
}

function settled(row: DeliveryRow, job: LeasedJob, outcome: 'done' | 'buried'): DeliveryRow {
  if (row.state !== 'waiting') return row;
  const links = row.links.map((link) => (link.key === job.key && link.generation <= job.generation && link.state === 'waiting' ? { ...link, state: outcome } : link));
  if (links.some((link) => link.state === 'waiting')) return { ...row, links };
  return { ...row, links, state: links.some((link) => link.state === 'buried') ? 'buried' : 'completed' };
}
