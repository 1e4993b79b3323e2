import { canonicalText } from '../canonical.ts';
import type { JsonValue } from '../json-value.ts';
import { compareValues } from './compare-values.ts';
import type { ValueKey } from './configuration-key.ts';

/**
 * Whether a value that goes from one to another asks for less, or may: what can not be proven stricter counts as looser.
 * Left out, a key counts with its default; where it has none, setting it asks for more.
 */
export function isLoosened(key: ValueKey, base: JsonValue | undefined, head: JsonValue | undefined): boolean {
  const [from, to] = [base ?? key.fallback ?? undefined, head ?? key.fallback ?? undefined];
  if (from === to || (from !== undefined && to !== undefined && canonicalText(from) === canonicalText(to))) return false;
  switch (key.againstBase ?? key.direction) {
    case 'free':
      return false;
    case 'kept':
      return to === undefined;
    case 'fixed':
      return true;
    case 'up':
      return from !== undefined && !(to !== undefined && compareValues(key.order, to, from) > 0);
    case 'down':
      return from !== undefined && !(to !== undefined && compareValues(key.order, to, from) < 0);
    case 'union':
    case 'organisation-only':
      return from !== undefined && !(to !== undefined && covers(key, to, from));
  }
}

function covers(key: ValueKey, stricter: JsonValue, other: JsonValue): boolean {
  if (typeof stricter !== 'string' || !Object.hasOwn(key.covers, stricter)) return false;
  const covered = key.covers[stricter];
  return Array.isArray(covered) && covered.includes(other);
}
