/** Each with the one after it. */
export function pairsOf<Item>(items: readonly Item[]): readonly (readonly [before: Item, after: Item])[] {
  return items.slice(1).flatMap((after, index) => {
    const before = items[index];
    return before === undefined ? [] : [[before, after] as const];
  });
}
