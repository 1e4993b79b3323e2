import type { RecordState, RecordWait } from '../domain/release.ts';
import type { Sha } from '../domain/tree.ts';
import type { FirstParentLine } from './first-parent-line.ts';

export interface RecordToWait {
  readonly before: Extract<RecordState, { kind: 'complete' }>;
  /** Of the branch now. */
  readonly tip: Sha;
  /** From the record to the tip. */
  readonly line: Pick<FirstParentLine, 'commits'>;
  readonly now: Date;
  readonly settlingMs: number;
}

/**
 * Whether what came is waited for. `not-yet`: not before a moment is worth a look. `may`: where a look finds nothing missing it need
 * not. `over`: what stood there at the first look is recorded, and what came after that has a wait of its own. `forced`: what stood
 * there at the last look is recorded, as it is no longer on the branch.
 */
export type WaitToTake = { readonly kind: 'none' } | { readonly kind: 'not-yet' | 'may'; readonly wait: RecordWait } | { readonly kind: 'over' | 'forced'; readonly tip: Sha };

/** After which GitHub mostly knows. */
const lookAgainMs = 5_000;

/** Who forces the branch to something else ends the wait: what stood there was there, and is recorded first. A clock that was put back draws nothing out. */
export function recordWait({ before: { waits }, tip, line, now, settlingMs }: RecordToWait): WaitToTake {
  const [at, latest] = [now.getTime(), now.getTime() + settlingMs];
  if (waits === undefined) {
    if (settlingMs === 0) return { kind: 'none' };
    return { kind: 'may', wait: { tip, seen: tip, lookAt: timeAt(Math.min(at + lookAgainMs, latest)), until: timeAt(latest) } };
  }
  const until = Math.min(Date.parse(waits.until), latest);
  const lookAt = Math.min(Date.parse(waits.lookAt), until);
  if (tip !== waits.seen && !line.commits.some(({ sha }) => sha === waits.seen)) return { kind: 'forced', tip: waits.seen };
  if (at >= until) return { kind: 'over', tip: waits.tip };
  if (at < lookAt) return { kind: 'not-yet', wait: { ...waits, seen: tip, lookAt: timeAt(lookAt), until: timeAt(until) } };
  return { kind: 'may', wait: { ...waits, seen: tip, lookAt: timeAt(until), until: timeAt(until) } };
}

function timeAt(time: number): string {
  return new Date(time).toISOString();
}
