import type { SemVer } from 'semver';
import parse from 'semver/functions/parse.js';

/**
 * What makes two written versions the same one: without a leading v and without build metadata.
 * Null when it is not a semantic version, or has a number that is not safe to compare.
 */
export function versionKey(written: string): string | null {
  return plain.test(written) ? written : (parsed(written)?.version ?? null);
}

/** Three numbers that are safe to compare, as most versions are. */
const plain = /^(?:0|[1-9][0-9]{0,14})(?:\.(?:0|[1-9][0-9]{0,14})){2}$/;

function parsed(written: string): SemVer | null {
  return /^v?[0-9]/.test(written) && written === written.trim() ? parse(written) : null;
}

/** Order of precedence; what is no version comes first. */
export function compareVersions(a: string, b: string): number {
  if (plain.test(a) && plain.test(b)) return comparePlain(a.split('.'), b.split('.'));
  const [left, right] = [parsed(a), parsed(b)];
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  return left.compare(right);
}

/** Without a prerelease the numbers alone decide, from the first on. */
function comparePlain(a: readonly string[], b: readonly string[]): number {
  const place = a.findIndex((number, index) => number !== b[index]);
  return place < 0 ? 0 : Math.sign(Number(a[place]) - Number(b[place]));
}

/** A successor is any greater version. */
export function isSuccessor(next: string, previous: string): boolean {
  return compareVersions(next, previous) > 0;
}
