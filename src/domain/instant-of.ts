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
