import type { CountedUsage } from './counted-usage.ts';
import { totalOf } from './counted-usage.ts';
import type { QuotaWindow } from './quota-window.ts';

/** `near`: four fifths are used up. `exceeded`: more than the limit. */
export type QuotaState = 'free' | 'near' | 'exceeded';

export interface JudgedWindow {
  readonly window: QuotaWindow;
  /** Tokens, or pico-dollars. */
  readonly used: bigint;
  readonly state: QuotaState;
}

export function judgedWindow(window: QuotaWindow, counted: CountedUsage): JudgedWindow {
  const used = totalOf(counted)[window.measure];
  return { window, used, state: used > window.limit ? 'exceeded' : used > 0n && used * 5n >= window.limit * 4n ? 'near' : 'free' };
}
