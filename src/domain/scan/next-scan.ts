import { createHash } from 'node:crypto';
import { nextTime } from './cron.ts';

/** Milliseconds over which the scans of one account, and those of all accounts with one schedule, are spread. */
export const jitterMs = 10 * 60_000;

/** When an account is scanned next: at the next time of its schedule, later by what is the account's own. Null: never. */
export function nextScan(schedule: string, after: Date, accountId: number): Date | null {
  const shift = jitterOf(`account:${accountId}`);
  const time = nextTime(schedule, new Date(after.getTime() - shift));
  return time === null ? null : new Date(time.getTime() + shift);
}

/** The same for the same name, spread evenly over names. */
export function jitterOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % jitterMs;
}
