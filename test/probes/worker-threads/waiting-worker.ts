/** Stands for a worker to which a busy machine gives no time: it is at each document for as many milliseconds as its text says, and works at none. */
import { parentPort, workerData } from 'node:worker_threads';
import { phases, progress } from '../../../src/probes/worker-threads/thread-protocol.ts';
import type { ToWorker, WorkerSetting } from '../../../src/probes/worker-threads/thread-protocol.ts';

const setting: WorkerSetting = workerData;
const shared = new Int32Array(setting.progress);

parentPort?.on('message', ({ documents }: ToWorker) => {
  for (const [index, { text }] of documents.entries()) {
    Atomics.store(shared, progress.document, index);
    Atomics.store(shared, progress.phase, phases.validating);
    Atomics.add(shared, progress.steps, 1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(text));
    parentPort?.postMessage({ kind: 'answers', from: index, answers: [text] }, []);
  }
  Atomics.store(shared, progress.phase, phases.idle);
  parentPort?.postMessage({ kind: 'done' }, []);
});
parentPort?.postMessage({ kind: 'ready' }, []);
