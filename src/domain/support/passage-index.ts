import { numberWords } from './number-words.ts';
import { wordsOf } from './words-of.ts';

/** What a claim is compared with: a passage, read once for however many claims. */
export interface PassageIndex {
  /** Stems of its words, in order. */
  readonly stems: readonly string[];
  /** By stem, where it stands among `stems`. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Of each word, its sentence or line, from 0. */
  readonly segmentOf: readonly number[];
  readonly segments: number;
  /** Digits, also of numbers that are written as words. */
  readonly numbers: ReadonlySet<string>;
}

export function passageIndexOf(text: string): PassageIndex {
  const stems: string[] = [];
  const places = new Map<string, number[]>();
  const segmentOf: number[] = [];
  const numbers = new Set<string>();
  let segment = -1;
  for (const { stem, text: word, isNumber, beginsSegment } of wordsOf(text)) {
    if (beginsSegment) segment += 1;
    const known = places.get(stem);
    if (known === undefined) places.set(stem, [stems.length]);
    else known.push(stems.length);
    stems.push(stem);
    segmentOf.push(segment);
    const digits = isNumber ? stem : numberWords.get(word);
    if (digits !== undefined) numbers.add(digits);
  }
  return { stems, places, segmentOf, segments: segment + 1, numbers };
}

/** Whether words stand beside each other somewhere, in this order. */
export function hasRun({ stems, places }: Pick<PassageIndex, 'stems' | 'places'>, run: readonly string[]): boolean {
  const [first = '', ...rest] = run;
  return (places.get(first) ?? []).some((place) => rest.every((stem, index) => stems[place + index + 1] === stem));
}
