import { isDate } from './configuration/rule-mode.ts';

/**
 * The instant that a written end means, in milliseconds: a day of the calendar is the instant where it begins in UTC, a time
 * of day needs its zone. Null when it is neither, such as the 30th of February.
 */
export function instantOf(text: string): number | null {
  const [, day, time] = form.exec(text) ?? [];
  if (day === undefined || !isDate(day)) return null;
  const instant = Date.parse(time === undefined ? `${day}T00:00:00.000Z` : text);
  return Number.isNaN(instant) ? null : instant;
}

const form = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Whether an instant (ISO 8601, a day at its beginning in UTC) comes before another one. False when either can not be read: what can not be dated does not count. */
export function isBefore(instant: string, other: string): boolean {
  return Date.parse(instant) < Date.parse(other);
}

/** Days from one instant (ISO 8601) until another one; what is begun counts as whole. NaN when either can not be read. */
export function daysUntil(end: string, now: string): number {
  return Math.ceil((Date.parse(end) - Date.parse(now)) / millisecondsOfDay);
}

/** The instant (ISO 8601) that is so many days after another one. */
export function daysAfter(now: string, days: number): string {
  return new Date(Date.parse(now) + days * millisecondsOfDay).toISOString();
}

const millisecondsOfDay = 86_400_000;

/** The day (UTC) of an instant as it is kept: `2027-01-31`. */
export function dayOf(instant: string): string {
  return instant.slice(0, 'yyyy-mm-dd'.length);
}

/** The minute of an instant as it is kept, for people: `2027-01-31 14:05 UTC`. */
export function minuteOf(instant: string): string {
  return `${instant.slice(0, 'yyyy-mm-dd'.length)} ${instant.slice('yyyy-mm-ddT'.length, 'yyyy-mm-ddThh:mm'.length)} UTC`;
}
