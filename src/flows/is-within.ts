/** Whether an instant lies at most a period ago. One that is still to come does not: it was written while the clock was ahead, and nothing waits for it. */
export function isWithin(instant: Date, periodMs: number, now: Date): boolean {
  const ago = now.getTime() - instant.getTime();
  return ago >= 0 && ago < periodMs;
}
