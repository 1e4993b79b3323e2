/** Days that a waiver lasts at most. */
export const mostWaiverDays = 90;

const day = 86_400_000;

/** Whether a day of the calendar, which begins in UTC, lies ahead and not too far. */
export function isWaiverEnd(until: string, now: Date): boolean {
  const end = Date.parse(`${until}T00:00:00.000Z`);
  return end > now.getTime() && end <= now.getTime() + mostWaiverDays * day;
}

/** The last day that a waiver may name. */
export function latestWaiverEnd(now: Date): string {
  return new Date(now.getTime() + mostWaiverDays * day).toISOString().slice(0, 10);
}
