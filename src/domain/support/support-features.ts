import { functionWords } from './function-words.ts';
import { hasRun } from './passage-index.ts';
import type { PassageIndex } from './passage-index.ts';
import type { Word } from './words-of.ts';

/** What is measured of a claim beside a passage, each 0..1, more of it is more support. A claim without words has none. */
export interface SupportFeatures {
  /** Share of the claim's words, by how rare they are in the passage, that its best sentence has. */
  readonly sentence: number;
  /** The same of the best five sentences beside each other. */
  readonly neighbourhood: number;
  /** Shares of the claim's runs of two and three words that the passage has. */
  readonly pairs: number;
  readonly triples: number;
  /** Shares of the claim's numbers, and of its names, that the passage has; 1 where the claim has none. */
  readonly numbers: number;
  readonly names: number;
}

export const supportFeatures = ['sentence', 'neighbourhood', 'pairs', 'triples', 'numbers', 'names'] as const satisfies readonly (keyof SupportFeatures)[];

const neighbours = 5;

/** `numbers`: of the claim, as `vetoesOf` finds them. */
export function supportFeaturesOf(claim: readonly Word[], passage: PassageIndex, numbers: number): SupportFeatures {
  if (claim.length === 0 || passage.segments === 0) return { sentence: 0, neighbourhood: 0, pairs: 0, triples: 0, numbers: 0, names: 0 };
  const distinct = [...new Map(claim.map((word) => [word.stem, word])).values()];
  return {
    sentence: bestCoverage(distinct, passage, 1),
    neighbourhood: bestCoverage(distinct, passage, neighbours),
    pairs: shareOf(runsOf(claim, 2), (run) => hasRun(passage, run), 0),
    triples: shareOf(runsOf(claim, 3), (run) => hasRun(passage, run), 0),
    numbers,
    names: shareOf(distinct.filter(isName), ({ stem }) => passage.places.has(stem), 1),
  };
}

function runsOf(words: readonly Word[], length: number): readonly (readonly string[])[] {
  return words.slice(length - 1).map((_, index) => words.slice(index, index + length).map(({ stem }) => stem));
}

/** A capital that no sentence begins with. */
function isName({ text, isCapital, beginsSentence }: Word): boolean {
  return isCapital && !beginsSentence && !functionWords.has(text);
}

function shareOf<Item>(wanted: readonly Item[], isThere: (item: Item) => boolean, ofNone: number): number {
  return wanted.length === 0 ? ofNone : wanted.filter(isThere).length / wanted.length;
}

/** Weight of the words that stand within so many segments beside each other, at best, as a share of all of it. */
function bestCoverage(words: readonly Word[], passage: PassageIndex, width: number): number {
  // What comes into the window at each segment, and what leaves it.
  const gains = new Float64Array(passage.segments + width + 1);
  let whole = 0;
  for (const word of words) {
    const segments = [...new Set((passage.places.get(word.stem) ?? []).map((place) => passage.segmentOf[place] ?? 0))];
    const weight = weightOf(word, segments.length, passage.segments);
    whole += weight;
    addSpans(gains, segments, { width, weight });
  }
  let within = 0;
  let best = 0;
  for (const gain of gains) {
    within += gain;
    best = Math.max(best, within);
  }
  return Math.min(1, best / whole);
}

/** A window that ends at any of the segments from one with the word to the one `width - 1` after it has it, once. */
function addSpans(gains: Float64Array, segments: readonly number[], { width, weight }: { readonly width: number; readonly weight: number }): void {
  let until = 0;
  for (const segment of segments) {
    const from = Math.max(segment, until);
    until = segment + width;
    gains[from] = (gains[from] ?? 0) + weight;
    gains[until] = (gains[until] ?? 0) - weight;
  }
}

const weightOfFunctionWord = 0.1;

/** Inverse document frequency over the sentences of the passage (Spärck Jones 1972, smoothed): what the passage lacks weighs most. */
function weightOf({ text }: Word, count: number, segments: number): number {
  return functionWords.has(text) ? weightOfFunctionWord : Math.log(1 + (segments + 1) / (count + 0.5));
}
