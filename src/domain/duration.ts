const milliseconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The milliseconds of a duration such as `15m`, by a number and `s`, `m`, `h` or `d`; null when it is none. */
export function durationOf(text: string): number | null {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  const size = milliseconds[unit ?? ''];
  return count === undefined || size === undefined ? null : Number(count) * size;
}
