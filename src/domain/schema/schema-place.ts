/** A path taken apart into what its versions share and which of them it is. */
export interface SchemaPlace {
  /** The path with `*` in place of the version; the path itself where none stands in it. */
  readonly family: string;
  /** The version's numbers as written; null where the path has none. */
  readonly version: readonly string[] | null;
}

/** Numbers that stand apart from letters, perhaps after a `v`: `order/v2.schema.json`, `order-1.2.0.json`, `order/2026-01-15.json`. */
const written = /(?<![A-Za-z0-9])[vV]?(\d+(?:[._-]\d+)*)(?![A-Za-z0-9])/g;

/** Of several versions in one path the last one counts. The store looks versions up by family: another answer needs a migration. */
export function schemaPlace(path: string): SchemaPlace {
  const found = [...path.matchAll(written)].at(-1);
  const numbers = found?.[1];
  if (found === undefined || numbers === undefined) return { family: path, version: null };
  return { family: `${path.slice(0, found.index)}*${path.slice(found.index + found[0].length)}`, version: numbers.split(/[._-]/) };
}

/** Number by number; one that is missing counts as 0. The numbers may be longer than a machine's. */
export function compareNumbers(a: readonly string[], b: readonly string[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [plain(a[index]), plain(b[index])];
    if (left !== right) return left.length === right.length ? (left < right ? -1 : 1) : left.length - right.length;
  }
  return 0;
}

function plain(digits: string | undefined): string {
  return (digits ?? '').replace(/^0+/, '');
}
