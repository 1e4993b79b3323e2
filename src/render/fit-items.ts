/** GitHub's limit for a check run's summary and text and for a comment: 65,535. Counted in UTF-8 bytes, the stricter reading. */
export const textLimit = 65_000;

/**
 * As many whole items as fit, one per line, then a line that says how many more there are. Never cuts inside an item.
 * Renders no item past the room: a change may bring a hundred thousand.
 */
export function fitItems<Item>(items: readonly Item[], render: (item: Item, index: number) => string, room: Room): string {
  const reserve = byteLength(room.more(items.length)) + 1;
  const kept: string[] = [];
  let used = 0;
  for (const [index, item] of items.entries()) {
    const line = render(item, index);
    used += byteLength(line) + 1;
    const isLast = index === items.length - 1;
    if (used + (isLast ? 0 : reserve) > room.bytes) return [...kept, room.more(items.length - index)].join('\n');
    kept.push(line);
  }
  return kept.join('\n');
}

export interface Room {
  readonly bytes: number;
  /** The line that stands for what is left out. */
  readonly more: (left: number) => string;
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
