import { isDigest } from '../digest.ts';
import { textDigest, textLines, trailerLine, trailerNames } from './trailer.ts';
import type { Trailer } from './trailer.ts';

/**
 * What the text of a pull request says about itself. `refused`: it is not believed. `author`: another wrote the pull request;
 * `several`: more than one line of a name; `misplaced`: not the last lines, in their order, after an empty one; `malformed`: a value is none.
 */
export type TrailerReading =
  | { readonly kind: 'none' }
  /** `theirs`: the text above it, where that is not as we wrote it; null: it is. */
  | { readonly kind: 'trailer'; readonly trailer: Trailer; readonly theirs: string | null }
  | { readonly kind: 'refused'; readonly why: 'author' | 'several' | 'misplaced' | 'malformed' };

/**
 * Reads the trailer strictly: all six lines, once, at the end. One of a version that wrote five, without the digest of its text, is read as one whose
 * text is as we wrote it: nobody can tell, that version wrote over it at each commit, and GitHub keeps what stood there. Whoever can write can edit a text, so it finds a pull request and never
 * proves that a head is ours. What is quoted or indented does not begin a line and is not read. Takes time in proportion to the text.
 * @param body With either line end, as web forms send it; null for none.
 * @param isOurs Whether our App opened the pull request.
 */
export function readTrailer(body: string | null, isOurs: boolean): TrailerReading {
  const lines = textLines(body ?? '');
  const named = lines.filter((line) => trailerLine.test(line));
  if (named.length === 0) return { kind: 'none' };
  if (!isOurs) return { kind: 'refused', why: 'author' };
  if (named.length > trailerNames.length || new Set(named.map(nameOf)).size < named.length) return { kind: 'refused', why: 'several' };
  const last = lastValues(lines, trailerNames) ?? (named.some((line) => nameOf(line) === textName) ? null : lastValues(lines, olderNames));
  if (last === null) return { kind: 'refused', why: 'misplaced' };
  const trailer = trailerOf(last.values.length === trailerNames.length ? last.values : [...last.values, textDigest(last.above)]);
  if (trailer === null) return { kind: 'refused', why: 'malformed' };
  return { kind: 'trailer', trailer, theirs: textDigest(last.above) === trailer.text ? null : last.above };
}

const olderNames = trailerNames.slice(0, 5);
const textName = trailerNames[5].toLowerCase();

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':')).toLowerCase();
}

interface LastLines {
  /** What stands above them. */
  readonly above: string;
  /** What follows the names. */
  readonly values: readonly string[];
}

/** The last lines that are not empty; null when those are other ones than ours. */
function lastValues(lines: readonly string[], names: readonly string[]): LastLines | null {
  const end = lines.findLastIndex((line) => line !== '') + 1;
  const start = end - names.length;
  if (start < 0 || (start > 0 && lines[start - 1] !== '')) return null;
  const last = lines.slice(start, end);
  const isWhole = names.every((name, index) => last[index]?.startsWith(`${name}: `) === true);
  return isWhole ? { above: lines.slice(0, Math.max(0, start - 1)).join('\n'), values: names.map((name, index) => last[index]?.slice(name.length + 2) ?? '') } : null;
}

function trailerOf([fingerprint, plan, head = '', base = '', generation = '', text]: readonly string[]): Trailer | null {
  const isWhole = isDigest(fingerprint) && isDigest(plan) && isDigest(text) && [head, base].every((sha) => objectName.test(sha)) && /^[1-9]\d{0,2}$/.test(generation);
  return isWhole ? { fingerprint, plan, head, base, generation: Number(generation), text } : null;
}

const objectName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
