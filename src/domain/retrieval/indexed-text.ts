import { functionWords } from '../support/function-words.ts';
import type { TextKind } from '../support/text-kind.ts';
import { wordsOf } from '../support/words-of.ts';
import { chunksOf } from './chunks-of.ts';
import type { ChunkLines } from './chunks-of.ts';

/** A chunk as a bag of words. */
export interface IndexedChunk extends ChunkLines {
  /** How often each stem is there. */
  readonly counts: ReadonlyMap<string, number>;
  /** Words of it. */
  readonly length: number;
}

/** A text as it is searched. It follows from the text and its kind alone: whoever keeps it keeps it by the digest of the text. */
export interface IndexedText {
  readonly chunks: readonly IndexedChunk[];
  /** Of all chunks. */
  readonly words: number;
  /** About how much memory it takes. */
  readonly bytes: number;
}

/** Lines of a text that is cut into chunks; a line ends as git tells it, whoever wrote the file. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

export function indexText(text: string, kind: TextKind): IndexedText {
  const lines = linesOf(text);
  const chunks = chunksOf(lines, kind).map((place) => ({ ...place, ...countsOf(lines.slice(place.startLine - 1, place.endLine).join('\n')) }));
  return { chunks, words: chunks.reduce((sum, { length }) => sum + length, 0), bytes: chunks.reduce((sum, { counts }) => sum + bytesOfChunk + counts.size * bytesOfTerm, 0) };
}

/** Words that are looked for: all but those that stand in every text. */
export function termsOf(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) => (functionWords.has(word.text) ? [] : [word.stem]));
}

/** Measured on Node 24: a map of short words takes about so much. */
const bytesOfTerm = 64;
const bytesOfChunk = 200;

function countsOf(text: string): Pick<IndexedChunk, 'counts' | 'length'> {
  const terms = termsOf(text);
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { counts, length: terms.length };
}
