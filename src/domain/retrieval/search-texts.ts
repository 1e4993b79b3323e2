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
  const candidates = files.flatMap(({ path, text }) => {
    const inPath = new Set(termsOf(path));
    return text.chunks.map((chunk) => ({ path, chunk, found: terms.map((term) => (chunk.counts.get(term) ?? 0) + (inPath.has(term) ? 1 : 0)) }));
  });
  const weights = terms.map((_, index) => weightOf(candidates.filter(({ found }) => (found[index] ?? 0) > 0).length, candidates.length));
  const mean = candidates.reduce((sum, { chunk }) => sum + chunk.length, 0) / Math.max(1, candidates.length);
  return candidates
    .map(({ path, chunk, found }) => ({ path, startLine: chunk.startLine, endLine: chunk.endLine, score: four(found.reduce((sum, count, index) => sum + (weights[index] ?? 0) * shareOf(count, chunk, mean), 0)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || compareText(a.path, b.path) || a.startLine - b.startLine)
    .slice(0, k);
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
