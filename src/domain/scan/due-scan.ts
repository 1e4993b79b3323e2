import { nextScan } from './next-scan.ts';
import { usualSchedule } from './scan-settings.ts';
import type { DueScan } from './scan.ts';

/** Milliseconds between two measurements by schedule, at least: what a repository asks for every minute would take the calls of all others. */
export const leastBetweenMs = 15 * 60_000;

/** Milliseconds after which a schedule is read again, at most: whatever told of another one may have been lost. */
const readAgainMs = 24 * 3_600_000;

interface Scheduled {
  readonly known: DueScan | null;
  /** As it is now. */
  readonly schedule: string;
  readonly now: Date;
  readonly accountId: number;
}

/** What comes after a measurement. One that somebody asked for does not put off the one of the schedule. */
export function dueAfterScan({ known, schedule, now, accountId }: Scheduled): DueScan {
  const isAhead = known !== null && known.schedule === schedule && Date.parse(known.at) > now.getTime();
  return isAhead ? known : { schedule, at: timeOf(schedule, new Date(now.getTime() + leastBetweenMs), accountId) };
}

/** What another schedule makes of it, without a measurement. What is due already stays so, and what was never measured: null. */
export function dueByNow({ known, schedule, now, accountId }: Scheduled): DueScan | null {
  if (known === null || known.schedule === schedule) return known;
  return { schedule, at: Date.parse(known.at) <= now.getTime() ? known.at : timeOf(schedule, now, accountId) };
}

/** When a repository is looked at next: ISO 8601. */
export function nextLook(due: DueScan | null, now: Date): string {
  const latest = now.getTime() + readAgainMs;
  return new Date(due === null ? latest : Math.min(Date.parse(due.at), latest)).toISOString();
}

/** A schedule that never comes is none. */
function timeOf(schedule: string, after: Date, accountId: number): string {
  const time = nextScan(schedule, after, accountId) ?? nextScan(usualSchedule, after, accountId) ?? new Date(after.getTime() + readAgainMs);
  return time.toISOString();
}
