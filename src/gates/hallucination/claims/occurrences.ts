import { isCut } from './cut-word.ts';

/**
 * Where a part stands in a text between two indices as a whole, in order, without those that overlap the one before. Linear in what is
 * read whatever stands there (Knuth, Morris and Pratt 1977): the engine's own search takes half a second for a hostile MiB.
 */
export function* occurrences(text: string, part: string, from: number, to: number): Generator<number, void, void> {
  if (part === '' || part.length > to - from) return;
  const borders = bordersOf(part);
  let free = from;
  for (let at = from, matched = 0; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && unit !== part.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
    if (unit === part.charCodeAt(matched)) matched += 1;
    if (matched < part.length) continue;
    const start = at + 1 - part.length;
    if (start >= free && !isCut(text, start, at + 1)) {
      yield start;
      free = at + 1;
    }
    matched = borders[matched - 1] ?? 0;
  }
}

/** Of each beginning of a part, the length of its longest proper beginning that is also its end. */
function bordersOf(part: string): Int32Array {
  const borders = new Int32Array(part.length);
  for (let at = 1, length = 0; at < part.length; at += 1) {
    const unit = part.charCodeAt(at);
    while (length > 0 && unit !== part.charCodeAt(length)) length = borders[length - 1] ?? 0;
    if (unit === part.charCodeAt(length)) length += 1;
    borders[at] = length;
  }
  return borders;
}
