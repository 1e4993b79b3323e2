import { compareText } from '../compare-text.ts';
import type { ChunkLines } from './chunks-of.ts';
import { termsOf } from './indexed-text.ts';
import type { IndexedChunk, IndexedText } from './indexed-text.ts';

/** A file at a commit, with its text as it is searched. */
export interface SearchedFile {
  readonly path: string;
  readonly text: IndexedText;
}

export interface FoundPassage extends ChunkLines {
  readonly path: string;
  /** Above 0; of use beside others of the same search alone. Four digits. */
  readonly score: number;
}

/** As in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. */
const saturation = 1.2;
const lengthShare = 0.75;

/** Words of a query that are looked for. */
const mostTerms = 64;

/**
 * The chunks that fit a query best (BM25), the best first; where two fit as well, by path and line. A word in the path of a file counts as one in each
 * of its chunks. What has none of the words is not found.
 */
export function searchTexts(files: readonly SearchedFile[], query: string, k: number): readonly FoundPassage[] {
  const terms = [...new Set(termsOf(query))].slice(0, mostTerms);
  const hits = files.flatMap((file) => hitsIn(file, terms));
  const chunks = files.reduce((sum, { text }) => sum + text.chunks.length, 0);
  const mean = files.reduce((sum, { text }) => sum + text.words, 0) / Math.max(1, chunks);
  const weights = terms.map((_, index) => weightOf(hits.filter(({ found }) => (found[index] ?? 0) > 0).length, chunks));
  return hits
    .map(({ path, chunk, found }) => ({ path, startLine: chunk.startLine, endLine: chunk.endLine, score: four(found.reduce((sum, count, index) => sum + (weights[index] ?? 0) * shareOf(count, chunk, mean), 0)) }))
    .toSorted((a, b) => b.score - a.score || compareText(a.path, b.path) || a.startLine - b.startLine)
    .slice(0, k);
}

interface Hit {
  readonly path: string;
  readonly chunk: IndexedChunk;
  /** How often each term is there. */
  readonly found: readonly number[];
}

/** The chunks that have one of the terms at all: most have none, and are not looked at any further. */
function hitsIn({ path, text }: SearchedFile, terms: readonly string[]): readonly Hit[] {
  const inPath = pathHas(path, terms);
  const those = inPath === null ? text.chunks.filter(({ counts }) => terms.some((term) => counts.has(term))) : text.chunks;
  return those.map((chunk) => ({ path, chunk, found: terms.map((term) => (chunk.counts.get(term) ?? 0) + (inPath?.has(term) === true ? 1 : 0)) }));
}

/** Null: none. The words of a path are looked for only where their letters are there, up to the last, which an ending may change. */
function pathHas(path: string, terms: readonly string[]): ReadonlySet<string> | null {
  const folded = path.toLowerCase();
  if (!terms.some((term) => folded.includes(term.slice(0, -1)))) return null;
  const words = new Set(termsOf(path));
  const there = terms.filter((term) => words.has(term));
  return there.length === 0 ? null : new Set(there);
}

function weightOf(holding: number, all: number): number {
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
}

function shareOf(count: number, { length }: IndexedChunk, mean: number): number {
  return (count * (saturation + 1)) / (count + saturation * (1 - lengthShare + (lengthShare * length) / Math.max(1, mean)));
}

function four(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
