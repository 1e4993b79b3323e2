/** An instant in words: `2026-11-20 14:05 UTC`. */
export function instant(time: Date): string {
  if (Number.isNaN(time.getTime())) return 'an unknown time';
  const text = time.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
