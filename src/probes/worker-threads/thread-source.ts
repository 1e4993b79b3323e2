import { Worker } from 'node:worker_threads';
import { progress } from './thread-protocol.ts';
import type { WorkerSetting } from './thread-protocol.ts';

/** A thread that runs one file, with what it has told and been told. */
export interface StartedThread {
  readonly file: string;
  readonly worker: Worker;
  /** What it shows while it can not send a message. */
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** Keys of the schemas that it was sent and still keeps. */
  readonly known: Set<string>;
  isReady: boolean;
  /** It has ended, whoever ended it, and answers nothing any more. */
  isOver: boolean;
}

/** Where threads come from and go to once they are not used any more. */
export interface ThreadSource {
  /** @param file From the folder of this file, without its extension. */
  take(file: string): StartedThread;
  /** @param thread One that is at nothing and has broken nothing. */
  giveBack(thread: StartedThread): Promise<void>;
}

/** Starts a thread for whoever asks, and ends what comes back. */
export const ownThreads: ThreadSource = {
  take: startThread,
  giveBack: async ({ worker }) => void (await worker.terminate()),
};

/** Keeps what comes back for whoever asks next, for as long as the process lives: to start a thread costs more than most of what it is asked. */
export function keptThreads(): ThreadSource {
  const idle = new Set<StartedThread>();
  return {
    take(file) {
      for (const thread of idle) {
        if (thread.file !== file) continue;
        idle.delete(thread);
        if (!thread.isOver) return thread;
      }
      return startThread(file);
    },
    giveBack: async (thread) => void idle.add(thread),
  };
}

/** Few young objects outlive a document: more space for them would be filled before it is looked through. */
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8, codeRangeSizeMb: 64, stackSizeMb: 4 };

/** Hardly any environment, no output. It keeps no process alive. */
function startThread(file: string): StartedThread {
  const shared = new Int32Array(new SharedArrayBuffer(progress.slots * Int32Array.BYTES_PER_ELEMENT));
  const setting: WorkerSetting = { progress: shared.buffer };
  // The same extension as this file: TypeScript in the sources, JavaScript once built.
  const url = new URL(`${file}${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);
  const worker = new Worker(url, { workerData: setting, env: ownSettings(), execArgv: [], stdout: true, stderr: true, resourceLimits: memory });
  const thread: StartedThread = { file, worker, shared, known: new Set(), isReady: false, isOver: false };
  worker.on('message', ({ kind }: { readonly kind: string }) => void (thread.isReady ||= kind === 'ready'));
  // Between attempts nobody else listens.
  worker.on('error', () => {});
  worker.once('exit', () => void (thread.isOver = true));
  worker.unref();
  return thread;
}

/** All that a thread is told of the environment: where Node keeps compiled code, when it does. Most of a start is compiling. */
function ownSettings(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: kept } = process.env;
  return kept === undefined ? {} : { NODE_COMPILE_CACHE: kept };
}
