/** GitHub's limit for a check run's summary and text and for a comment: 65,535. Counted in UTF-8 bytes, the stricter reading. */
export const textLimit = 65_000;

/** As many whole items as fit, one per line, then a line that says how many more there are. Never cuts inside an item. */
export function fitItems(items: readonly string[], bytes: number, more: (left: number) => string): string {
  const reserve = byteLength(more(items.length)) + 1;
  const kept: string[] = [];
  let used = 0;
  for (const [index, item] of items.entries()) {
    used += byteLength(item) + 1;
    const isLast = index === items.length - 1;
    if (used + (isLast ? 0 : reserve) > bytes) return [...kept, more(items.length - index)].join('\n');
    kept.push(item);
  }
  return kept.join('\n');
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
