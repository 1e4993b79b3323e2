/** Why values that are missing keep a metric from passing; null: they do not. A cap that is no share allows none. */
export function missingBar(missing: number, total: number, cap: number): string | null {
  const allowed = cap > 0 && cap < 1 ? cap : 0;
  if (total > 0 && missing <= allowed * total) return null;
  return `${missing} of ${total} values are missing (an error, NaN, infinite, or no number), expected at most ${allowed * 100} %.`;
}
