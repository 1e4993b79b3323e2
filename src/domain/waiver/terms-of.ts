import { canonicalText } from '../canonical.ts';
import type { Waiver } from './waiver.ts';

/** All that a waiver says but its end, as one text: what comes with the terms of one that stands, and ends no later, grants nothing. */
export function termsOf({ until: _end, ...terms }: Waiver): string {
  return canonicalText(terms);
}
