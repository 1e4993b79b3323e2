import { Worker } from 'node:worker_threads';
import type { BundleVerification } from '../audit/bundle-verification.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import type { BundleWork } from '../flows/ports/bundle-work.ts';
import type { BundleTask } from './bundle-thread.ts';

/** For one bundle at its limit. */
const memory = { maxOldGenerationSizeMb: 1_024 };
/** Milliseconds: one at its limit takes some seconds. */
const longest = 120_000;

/** Each piece of work in a thread of its own, one after the other, so that the server goes on meanwhile and holds one bundle at a time. */
export function threadedBundleWork(): BundleWork {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(task: BundleTask): Promise<Result> => {
    const turn = last.then(() => run<Result>(task));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    payload: (bundle) => inTurn<Uint8Array>({ kind: 'payload', bundle }),
    file: (envelope) => inTurn<Uint8Array>({ kind: 'file', envelope }),
    verify: (file, { keys, checkpoints, id }) => inTurn<BundleVerification>({ kind: 'verify', file, trust: { keys, checkpoints, id } }),
  };
}

/** @throws Failure STORE_UNAVAILABLE where the thread broke, or took too long: the machine may be short of memory. */
async function run<Result>(task: BundleTask): Promise<Result> {
  const url = new URL(`bundle-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);
  const worker = new Worker(url, { workerData: task, env: {}, execArgv: [], resourceLimits: memory });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${longest / 1_000} s`)), longest);
  worker.once('message', resolve).once('error', reject).once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  try {
    return await promise;
  } catch (thrown) {
    throw new Failure('STORE_UNAVAILABLE', `Cannot work on a bundle: ${failureOf(thrown, 'STORE_UNAVAILABLE').message}. Nothing was changed.`, { cause: thrown });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
