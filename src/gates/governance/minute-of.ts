/** An instant for a reader: `2027-01-31 00:00 UTC`. */
export function minuteOf(instant: string): string {
  return `${instant.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')} UTC`;
}
