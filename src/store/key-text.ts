import { createHash } from 'node:crypto';

/**
 * A text from outside as an index key: one key per text, and no text that the database refuses. NUL and lone surrogates,
 * which Postgres can not hold, are written as JSON escapes; a text too long for an index stands as its digest behind a
 * raw control character, which no escaped text contains.
 */
export function keyText(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped.length <= longest ? escaped : `\u0001${createHash('sha256').update(escaped).digest('hex')}`;
}

/** An index row holds 2,700 bytes; a key of several such columns must fit. */
const longest = 200;
