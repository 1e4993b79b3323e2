import type { LogItem, LogSource } from '../audit/log-source.ts';
import type { Verification } from '../audit/verification.ts';

/** A verification that rests between its turns, with all that it has read so far checked and in memory. */
export interface ReadingInTurns {
  /**
   * Goes on until `isOver` says so, which is asked after each page. @returns Null where it is to be gone on with.
   * @throws What reading throws, or why the signal was aborted: then the reading is of no use any more.
   */
  turn(isOver: () => boolean, signal: AbortSignal): Promise<Verification | null>;
}

const never = (): boolean => false;

/** @param verify Reads the source that it is given to its end, page by page. */
export function readingInTurns({ header, batches }: LogSource, verify: (source: LogSource) => Promise<Verification>): ReadingInTurns {
  let result: Promise<Verification> | null = null;
  let over = never;
  let [rested, resumed] = [Promise.withResolvers<null>(), Promise.withResolvers<undefined>()];
  async function* pages(): AsyncGenerator<readonly LogItem[]> {
    for await (const batch of batches) {
      yield batch;
      // A store that answers from memory would else keep the thread until the end.
      await new Promise<void>((resolve) => void setImmediate(resolve));
      if (!over()) continue;
      rested.resolve(null);
      await resumed.promise;
    }
  }
  return {
    async turn(isOver, signal) {
      signal.throwIfAborted();
      const stop = Promise.withResolvers<never>();
      const abort = (): void => stop.reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      over = () => signal.aborted || isOver();
      const before = resumed;
      [rested, resumed] = [Promise.withResolvers<null>(), Promise.withResolvers<undefined>()];
      before.resolve(undefined);
      result ??= verify({ header, batches: pages() });
      try {
        return await Promise.race([result, rested.promise, stop.promise]);
      } finally {
        signal.removeEventListener('abort', abort);
        // What it comes to after a stop is for nobody.
        result.catch(() => undefined);
        stop.promise.catch(() => undefined);
      }
    },
  };
}
