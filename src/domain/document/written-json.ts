import type { JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';

/**
 * Reads JSON that stands there as the runtime itself would write its value, which most files do that a program made. Nothing in
 * such a text can be read in two ways: a name that comes twice, or a number that was rounded, would be written otherwise.
 * Undefined for every other text, and for what could be over a limit; the reader tells then. A property test holds both against each other.
 */
export function readWrittenJson(text: string): JsonValue | undefined {
  const [, indent] = opening.exec(text) ?? [];
  if (indent === undefined || text.length > limits.nodes || doubtful.test(text) || text.includes(`\n${indent.repeat(limits.depth)}`)) return undefined;
  const value = parsed(text);
  const written = JSON.stringify(value, null, indent);
  return text === written || text === `${written}\n` ? value : undefined;
}

/** Of an object or a list with something in it, each part on a line of its own. */
const opening = /^[[{]\n( {1,8}|\t)[^ \t]/;

/** Escapes, which can be half of a surrogate pair, and integers of which readers keep but the first digits. */
const doubtful = /\\|[0-9]{16}/;

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
