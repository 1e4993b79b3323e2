import type { Clock } from '../../flows/ports/clock.ts';

export interface RateLimits {
  /** Sustained. */
  readonly perMinute: number;
  /** At once. */
  readonly burst: number;
}

/** Null: it may. Else the seconds after which it may again. */
export type TakeTurn = (key: string) => number | null;

/** Keys that are remembered. Whoever floods it with new ones gains what each new one has anyway. */
const mostKeys = 20_000;

/** How often each key may ask, by the time at which it has used up what it had (generic cell rate algorithm, ITU-T I.371). */
export function createRateLimit({ perMinute, burst }: RateLimits, clock: Clock): TakeTurn {
  const interval = 60_000 / perMinute;
  const slack = interval * (burst - 1);
  const usedUntil = new Map<string, number>();
  return (key) => {
    const now = clock.now().getTime();
    const until = Math.max(usedUntil.get(key) ?? now, now);
    // Nobody uses up more than this: whoever seems to asked while the clock was ahead.
    const most = now + slack + interval;
    if (until > most) usedUntil.set(key, most);
    if (until - now > slack) return Math.ceil((Math.min(until, most) - now - slack) / 1_000);
    // The one asked last stands last.
    usedUntil.delete(key);
    usedUntil.set(key, until + interval);
    if (usedUntil.size > mostKeys) forget(usedUntil, now);
    return null;
  };
}

/** Those who may ask as if they never had, and else who asked longest ago. */
function forget(usedUntil: Map<string, number>, now: number): void {
  for (const [key, until] of usedUntil) if (until <= now) usedUntil.delete(key);
  for (const key of usedUntil.keys()) {
    if (usedUntil.size <= mostKeys) return;
    usedUntil.delete(key);
  }
}
