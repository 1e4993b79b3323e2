/** Hands items on and keeps count of how long their making took, so that it can be taken off what their reader needed. */
export function untimed<Item>(source: AsyncIterable<Item>): { readonly items: AsyncIterable<Item>; readonly spentMs: () => number } {
  let spent = 0;
  async function* items(): AsyncGenerator<Item> {
    const iterator = source[Symbol.asyncIterator]();
    for (;;) {
      const start = performance.now();
      const next = await iterator.next();
      spent += performance.now() - start;
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { items: items(), spentMs: () => spent };
}
