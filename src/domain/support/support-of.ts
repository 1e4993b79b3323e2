import { limits } from '../limits.ts';
import { functionWords } from './function-words.ts';
import type { Passage } from './passage.ts';
import { passageIndexOf } from './passage-index.ts';
import { supportFeaturesOf } from './support-features.ts';
import type { SupportFeatures } from './support-features.ts';
import { scoreOf, supportThreshold } from './support-weights.ts';
import { textKindOf } from './text-kind.ts';
import { vetoesOf } from './vetoes-of.ts';
import type { Veto } from './vetoes-of.ts';
import { wordsOf } from './words-of.ts';

/**
 * How well what is cited supports a claim. It may veto a claim, or ask a human: alone it verifies nothing (a fit by words takes edited facts for
 * true ones, see docs/evaluation/grounding.md).
 */
export interface Support {
  /** 0..1, rounded to four digits, so that a record has the same on every machine. */
  readonly score: number;
  readonly vetoes: readonly Veto[];
  /** The score reaches the threshold, and nothing vetoes. */
  readonly isSupported: boolean;
}

/** Of a claim and all that it cites together. No passages, or none with words, support nothing. What is over the limit is not read. */
export function supportOf(claim: string, passages: readonly Passage[]): Support {
  const { features, vetoes } = lookAt(claim, passages);
  const score = features === null || saysNothing(claim) ? 0 : scoreOf(features);
  return { score, vetoes, isSupported: vetoes.length === 0 && score >= supportThreshold };
}

/** Scripts that put no blank between words. */
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{4}/u;

/** One word claims nothing. */
function saysNothing(claim: string): boolean {
  return !unparted.test(claim) && new Set(wordsOf(claim).filter(({ text }) => !functionWords.has(text)).map(({ stem }) => stem)).size < 2;
}

/** What a score is made of; no features: the passages have no words. */
export function lookAt(claim: string, passages: readonly Passage[]): { readonly features: SupportFeatures | null; readonly vetoes: readonly Veto[] } {
  const read = withinLimit(passages);
  // A path says what its lines are about, as a heading does.
  const index = passageIndexOf(read.map(({ text, path }) => (path === null || text === '' ? text : `${path}\n${text}`)).join('\n'));
  const { vetoes, numbers } = vetoesOf(claim, read, index, read.some(({ path }) => textKindOf(path) === 'code') ? 'code' : 'prose');
  return { features: index.segments === 0 ? null : supportFeaturesOf(wordsOf(claim), index, numbers), vetoes };
}

function withinLimit(passages: readonly Passage[]): readonly Passage[] {
  let left: number = limits.supportCharacters;
  return passages.map((passage) => {
    const text = passage.text.slice(0, left);
    left -= text.length;
    return { ...passage, text };
  });
}
