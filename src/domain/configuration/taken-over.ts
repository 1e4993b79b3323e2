import { canonicalText } from '../canonical.ts';
import { compileGlob } from '../glob/glob.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { FirstMatch, ListKey } from './configuration-key.ts';
import { member } from './member.ts';

/**
 * Whether an item of the head stands before one of the base that it did not stand before, and may take from it what the
 * first match decides: both may match one path, and they say different things.
 */
export function isTakenOver({ identity, firstMatch }: ListKey, base: readonly JsonValue[], head: readonly JsonValue[]): boolean {
  if (identity === null || firstMatch === null) return false;
  const before = new Map(base.filter((item) => isJsonObject(item)).map((item, index) => [item[identity], index]));
  const items = head.filter((item) => isJsonObject(item)).map((item) => claimOf(item, before.get(item[identity]) ?? null, firstMatch));
  return items.some((item, index) => items.slice(0, index).some((earlier) => isNewlyBefore(earlier, item) && takes(earlier, item)));
}

/** What an item claims by its globs, and what it says of that. */
interface Claim {
  /** Place at the base; null for a new one. */
  readonly before: number | null;
  readonly prefixes: readonly string[];
  readonly decided: string;
}

function claimOf(item: JsonObject, before: number | null, { globs, decides }: FirstMatch): Claim {
  return { before, prefixes: member.texts(item, globs).map((glob) => compileGlob(glob).prefix), decided: canonicalText(decides.map((name) => item[name] ?? null)) };
}

function isNewlyBefore(earlier: Claim, item: Claim): boolean {
  return item.before !== null && (earlier.before === null || earlier.before > item.before);
}

function takes(earlier: Claim, item: Claim): boolean {
  return earlier.decided !== item.decided && earlier.prefixes.some((one) => item.prefixes.some((other) => one.startsWith(other) || other.startsWith(one)));
}
