import { isDate } from '../configuration/rule-mode.ts';

/**
 * The instant at which a `budgetOverride` ends, in milliseconds: a day of the calendar ends where it begins in UTC, a time
 * of day needs its zone. Null when it is neither, such as the 30th of February.
 */
export function overrideEnd(until: string): number | null {
  const [, day, time] = form.exec(until) ?? [];
  if (day === undefined || !isDate(day)) return null;
  const end = Date.parse(time === undefined ? `${day}T00:00:00.000Z` : until);
  return Number.isNaN(end) ? null : end;
}

const form = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
