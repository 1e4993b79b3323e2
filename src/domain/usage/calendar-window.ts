export type WindowPeriod = 'day' | 'month';

/** A day or a month of the calendar in a time zone: from its first instant up to that of the next, both ISO 8601. */
export interface CalendarWindow {
  readonly period: WindowPeriod;
  readonly from: string;
  readonly to: string;
}

/**
 * The day or month of a zone that an instant is in. A day has 23 or 25 hours where clocks are put forward or back, and begins when its date begins,
 * also where there is no midnight. Zones of the IANA database, as the engine has it.
 * @throws RangeError There is no such zone.
 */
export function calendarWindow(period: WindowPeriod, zone: string, instant: string): CalendarWindow {
  const { year, month, day } = dateIn(zone, Date.parse(instant));
  const next = period === 'day' ? [year, month, day + 1] : [year, month + 1, 1];
  return { period, from: beginningOf(zone, [year, month, period === 'day' ? day : 1]), to: beginningOf(zone, next) };
}

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

const minute = 60_000;
/** No zone is farther from UTC. */
const mostMinutes = 15 * 60;

/** The first minute whose date in the zone is not before this one: dates of a zone only go on. */
function beginningOf(zone: string, [year = 0, month = 1, day = 1]: readonly number[]): string {
  const wanted = Date.UTC(year, month - 1, day);
  let [before, after] = [-mostMinutes, mostMinutes];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const date = dateIn(zone, wanted + middle * minute);
    if (Date.UTC(date.year, date.month - 1, date.day) < wanted) before = middle;
    else after = middle;
  }
  return new Date(wanted + after * minute).toISOString();
}

function dateIn(zone: string, instant: number): { readonly year: number; readonly month: number; readonly day: number } {
  const parts = formatOf(zone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** There are some hundred zones: a name that is none is not kept. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: 'numeric', day: 'numeric' });
  formats.set(zone, known);
  return known;
}
