/** A release of Python as numbers: its epoch, then its parts (PEP 440). */
type Release = readonly number[];

const bound = /^(?:>=|>|~=|\^|~)\s*v?(?:(\d{1,9})!)?(\d{1,9}(?:\.\d{1,9}){0,8})(?![\d.])/i;
const normal = /^(\d{1,9})!(\d{1,9}(?:\.\d{1,9}){0,8})(?![\d.])/;

/**
 * Whether a range begins above all of these versions, whatever program takes it: no clause lets anything below its release in. What is no such clause says
 * nothing, and neither does a text with alternatives.
 * @param versions In the spelling of `pythonVersion`.
 */
export function isAboveAll(wanted: string, versions: Iterable<string>): boolean {
  const lows = wanted.includes('|') ? [] : wanted.split(',').map((clause) => releaseOf(bound.exec(clause.trim()))).filter((low) => low !== null);
  const known = [...versions].map((version) => releaseOf(normal.exec(version)));
  return known.length > 0 && lows.some((low) => known.every((one) => one !== null && isBelow(one, low)));
}

function releaseOf(found: RegExpExecArray | null): Release | null {
  const [, epoch = '0', parts] = found ?? [];
  return parts === undefined ? null : [Number(epoch), ...parts.split('.').map(Number)];
}

/** Zeros at the end say nothing. */
function isBelow(one: Release, other: Release): boolean {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [left, right] = [one[at] ?? 0, other[at] ?? 0];
    if (left !== right) return left < right;
  }
  return false;
}
