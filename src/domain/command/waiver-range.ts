import { limits } from '../limits.ts';

const day = 86_400_000;

/** Whether a day of the calendar, which begins in UTC, lies ahead and not too far. */
export function isWaiverEnd(until: string, now: Date): boolean {
  const end = Date.parse(`${until}T00:00:00.000Z`);
  return end > now.getTime() && end <= now.getTime() + limits.waiverDays * day;
}

/** The last day that a waiver may name. */
export function latestWaiverEnd(now: Date): string {
  return new Date(now.getTime() + limits.waiverDays * day).toISOString().slice(0, 10);
}
