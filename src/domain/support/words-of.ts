import { stemOf } from './stem-of.ts';

export interface Word {
  /** What is compared: a number as it is written, else lower-cased and without endings. */
  readonly stem: string;
  /** Lower-cased, endings kept. */
  readonly text: string;
  readonly isNumber: boolean;
  readonly isCapital: boolean;
  /** Whether nothing but blanks and quotes stands between it and the beginning of the text, a line or a sentence. */
  readonly beginsSentence: boolean;
  /** Whether a line or a sentence begins between the word before and this one. */
  readonly beginsSegment: boolean;
}

/**
 * The words of a text, in order. Thousands lose their separators, and `readJsonBody` is three words, so that prose about code meets
 * the code. NFKC is for comparing alone: what is quoted exactly is judged elsewhere.
 */
export function wordsOf(text: string): readonly Word[] {
  const folded = text
    .normalize('NFKC')
    .replaceAll('\u2019', "'")
    .replaceAll(/(\d),(?=\d{3}(?!\d))|(\d)_(?=\d)/g, '$1$2')
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
  const stems = new Map<string, string>();
  const words: Word[] = [];
  let end = 0;
  for (const { 0: found, index } of folded.matchAll(/\p{L}+(?:'\p{L}+)?|\d+(?:\.\d+)*/gu)) {
    const between = folded.slice(end, index);
    end = index + found.length;
    words.push(wordOf(found, between, words.length === 0, stems));
  }
  return words;
}

function wordOf(found: string, between: string, isFirst: boolean, stems: Map<string, string>): Word {
  const lower = found.toLowerCase();
  const text = lower.includes("'") ? lower.replace(/'s$/, '').replaceAll("'", '') : lower;
  const isNumber = /^\d/.test(found);
  const known = stems.get(text);
  const stem = known ?? (isNumber ? text : stemOf(text));
  if (known === undefined) stems.set(text, stem);
  const isBlank = between === ' ';
  return { stem, text, isNumber, isCapital: found[0] !== lower[0], beginsSentence: isFirst || (!isBlank && /[.!?:][\s"'(\u201C\u2018*[]{0,8}$/.test(between)), beginsSegment: isFirst || (!isBlank && /\n|[.!?]["')\]]?\s/.test(between)) };
}
