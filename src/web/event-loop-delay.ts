import { monitorEventLoopDelay } from 'node:perf_hooks';

const windowMs = 10_000;
const nanosecondsPerMs = 1_000_000;

export interface EventLoopDelay {
  /** The longest delay of the last 10 to 20 seconds, in milliseconds. */
  longestMs(): number;
  stop(): void;
}

export function watchEventLoop(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let before = 0;
  const turn = setInterval(() => {
    before = histogram.max;
    histogram.reset();
  }, windowMs);
  turn.unref();
  return {
    longestMs: () => Math.max(before, histogram.max) / nanosecondsPerMs,
    stop: () => {
      clearInterval(turn);
      histogram.disable();
    },
  };
}
