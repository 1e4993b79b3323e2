/** Runs in a worker thread: texts come from pull requests, and patterns that others wrote run over them nowhere else. */
import { parentPort, workerData } from 'node:worker_threads';
import { phases, progress } from '../schema-validation/validation-protocol.ts';
import type { FromWorker, ToWorker, WorkerSetting } from '../schema-validation/validation-protocol.ts';
import { findSecrets } from './find-secrets.ts';
import type { SecretsScanned, TextToScan } from './secret-scanner.ts';

const setting: WorkerSetting = workerData;
const shared = new Int32Array(setting.progress);

// Each pattern once, before a text's time begins.
await findSecrets('a.txt', 'a');
parentPort?.on('message', (message: ToWorker) => void run(message));
send({ kind: 'ready' });

async function run(message: ToWorker): Promise<void> {
  for (const [index, document] of message.documents.entries()) {
    show(phases.validating, index);
    const { path, text }: TextToScan = JSON.parse(document.text);
    send({ kind: 'answers', from: index, answers: [{ kind: 'scanned', secrets: await findSecrets(path, text) }] });
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

function send(message: FromWorker<SecretsScanned>): void {
  parentPort?.postMessage(message, []);
}
