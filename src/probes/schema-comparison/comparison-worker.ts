/** Runs in a worker thread: schemas come from pull requests, and their patterns run nowhere else. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadDialect } from '../schema-validation/load-dialect.ts';
import { loadDialects } from '../schema-validation/load-dialects.ts';
import { phases, progress } from '../schema-validation/validation-protocol.ts';
import type { FromWorker, ToWorker, WorkerSetting } from '../schema-validation/validation-protocol.ts';
import type { Compared } from './compare-in-workers.ts';
import { confirmComparison } from './confirm-comparison.ts';
import type { Pair } from './confirm-comparison.ts';

const setting: WorkerSetting = workerData;
const shared = new Int32Array(setting.progress);

// Loaded before a pair's time begins, however slow the machine.
await Promise.all([loadDialect('draft-07'), loadDialect('2020-12')]);
parentPort?.on('message', (message: ToWorker) => void run(message));
send({ kind: 'ready' });

async function run(message: ToWorker): Promise<void> {
  for (const [index, { text }] of message.documents.entries()) {
    show(phases.loading, index);
    const pair: Pair = JSON.parse(text);
    await loadDialects([pair.older, pair.newer]);
    show(phases.validating, index);
    send({ kind: 'answers', from: index, answers: [{ kind: 'compared', comparison: await confirmComparison(pair) }] });
    if (Atomics.load(shared, progress.stop) === 1) break;
  }
  show(phases.idle, message.documents.length);
  send({ kind: 'done' });
}

function show(phase: number, document: number): void {
  Atomics.store(shared, progress.document, document);
  Atomics.store(shared, progress.phase, phase);
  Atomics.add(shared, progress.steps, 1);
}

function send(message: FromWorker<Compared>): void {
  parentPort?.postMessage(message, []);
}
