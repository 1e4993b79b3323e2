import { parentPort, workerData } from 'node:worker_threads';
import { answersInOrder } from './answers-in-order.ts';
import { phases, progress } from './thread-protocol.ts';
import type { FromWorker, ToWorker, WorkerSetting } from './thread-protocol.ts';

/** The end of the protocol that is in the worker thread itself. */
export interface WorkerSide<Answer> {
  readonly show: (phase: number, document: number) => void;
  readonly send: (message: FromWorker<Answer>) => void;
  /** Whether others wait: then it ends after the document that it is at. */
  readonly isStopped: () => boolean;
}

export function workerSide<Answer>(): WorkerSide<Answer> {
  const setting: WorkerSetting = workerData;
  const shared = new Int32Array(setting.progress);
  return {
    show: (phase, document) => {
      Atomics.store(shared, progress.document, document);
      Atomics.store(shared, progress.phase, phase);
      Atomics.add(shared, progress.steps, 1);
    },
    send: (message) => parentPort?.postMessage(message, []),
    isStopped: () => Atomics.load(shared, progress.stop) === 1,
  };
}

/**
 * Answers each document by itself from now on. Whatever all of them need is loaded before.
 * @param read Takes the machine's time, not the document's.
 */
export function answerEach<Piece, Answer>(read: (text: string) => Promise<Piece>, answer: (piece: Piece) => Promise<Answer>): void {
  const side = workerSide<Answer>();
  const run = async ({ documents }: ToWorker): Promise<void> => {
    const finished = answersInOrder(side.send);
    for (const [index, { text }] of documents.entries()) {
      side.show(phases.loading, index);
      const piece = await read(text);
      side.show(phases.validating, index);
      finished.add(await answer(piece));
      if (side.isStopped()) break;
    }
    side.show(phases.idle, documents.length);
    finished.flush();
    side.send({ kind: 'done' });
  };
  parentPort?.on('message', (message: ToWorker) => void run(message));
  side.send({ kind: 'ready' });
}
