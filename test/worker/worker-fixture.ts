import type { TestContext } from 'node:test';
import type { Failure } from '../../src/domain/failure.ts';
import type { JobKind, LeasedJob } from '../../src/flows/ports/job-queue.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { createWorker } from '../../src/worker/create-worker.ts';
import type { Worker, WorkerOptions, WorkerPorts } from '../../src/worker/create-worker.ts';
import type { Dispatch, RunJob } from '../../src/worker/dispatch.ts';
import { deadlines } from '../../src/worker/dispatch.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import type { FakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import type { FakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

export interface WorkerFixture {
  readonly worker: Worker;
  readonly store: Store;
  readonly clock: FakeClock;
  readonly log: FakeLog;
  readonly buried: { readonly key: string; readonly code: string }[];
  readonly enqueue: (...numbers: readonly number[]) => Promise<void>;
}

export interface WorkerChanges {
  readonly store?: Store;
  readonly clock?: FakeClock;
  readonly options?: Partial<WorkerOptions>;
  readonly ports?: Partial<WorkerPorts>;
}

/** A worker over a store in memory that does every job by one function; stopped with the test. */
export function aWorker(context: TestContext, run: RunJob, changes: WorkerChanges = {}): WorkerFixture {
  const clock = changes.clock ?? fakeClock();
  const store = changes.store ?? memoryStore({ clock });
  const log = fakeLog();
  const buried: { readonly key: string; readonly code: string }[] = [];
  const worker = createWorker(
    { queue: store.queue, dispatch: dispatchAll(run), onBuried: async (job: LeasedJob, failure: Failure) => void buried.push({ key: job.key, code: failure.code }), clock, log, random: () => 0.5, ...changes.ports },
    { owner: 'test', concurrency: 2, leaseMs: 60_000, pollMs: 5, stopMs: 1_000, ...changes.options },
  );
  context.after(() => worker.stop());
  const enqueue = (...numbers: readonly number[]): Promise<void> => store.transaction(async (transaction) => {
    for (const number of numbers) await transaction.enqueue({ key: `evaluate:1:${number}`, kind: 'evaluate', payload: { number } });
  });
  return { worker, store, clock, log, buried, enqueue };
}

export function dispatchAll(run: RunJob): Dispatch {
  const kinds: Record<JobKind, RunJob> = { evaluate: run, 'evaluate-group': run, 'evaluate-head': run, perform: run, 'record-push': run, 'record-close': run, 'record-reverts': run, 'follow-remediation': run, mend: run, command: run, remediate: run, scan: run, 'plan-scan': run, 'conclude-scan': run, digest: run, 'rejudge-person': run, 'rejudge-people': run, 'rejudge-usage': run, 'rejudge-run': run, reconcile: run, bundles: run, seal: run, schedule: run };
  return kinds;
}

export function deadlinesOf(ms: number): typeof deadlines {
  return { ...deadlines, evaluate: ms };
}

/** Waits for a condition that the worker brings about. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('the condition never held');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function isIdle(store: Store): Promise<boolean> {
  const { waiting, leased } = await store.queue.counts();
  return waiting === 0 && leased === 0;
}
