/** The day (UTC) of an instant as it is kept: `2027-01-31`. */
export function dayOf(instant: string): string {
  return instant.slice(0, 'yyyy-mm-dd'.length);
}
