import type { Clock } from '../../src/flows/ports/clock.ts';

/** A clock that a test moves. */
export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
  set(instant: string): void;
}

export function fakeClock(start = '2026-11-20T12:00:00.000Z'): FakeClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds;
    },
    set(instant) {
      time = Date.parse(instant);
    },
  };
}
