import { pick, randomFrom } from '../tools/random.ts';
import type { Random } from '../tools/random.ts';
import type { LabelledClaim } from './labelled-claim.ts';

/**
 * Claims made of the pages of others: a sentence with a piece left out is supported, one that goes on as another sentence of its page does,
 * or with two words of another one, is not. Half of the pages are lower-cased, as summaries are in some data sets.
 */
export function splicedClaims(pages: readonly LabelledClaim[], seed: number): readonly LabelledClaim[] {
  const random = randomFrom(seed);
  return pages.flatMap(({ passage, document }, index) => {
    const text = index % 2 === 0 ? passage.text : passage.text.toLowerCase();
    const sentences = text.split('\n').map((line) => line.split(' ')).filter((words) => words.length >= 14 && words.length <= 45 && /[.!?]"?$/.test(words.at(-1) ?? ''));
    if (sentences.length < 4) return [];
    return [shortened, cutShort, crossed, exchanged].map((make) => {
      const { claim, isSupported } = make(sentences, random);
      return { claim, passage: { ...passage, text }, isSupported, document };
    });
  });
}

type Sentence = readonly string[];
type Made = Pick<LabelledClaim, 'claim' | 'isSupported'>;

function shortened(sentences: readonly Sentence[], random: Random): Made {
  const words = pick(sentences, random);
  const at = middleOf(words, random);
  return { claim: [...words.slice(0, at - 2 - Math.floor(random() * 3)), ...words.slice(at)].join(' '), isSupported: true };
}

function cutShort(sentences: readonly Sentence[], random: Random): Made {
  const words = pick(sentences, random);
  return { claim: words.slice(0, words.length - 3 - Math.floor(random() * 3)).join(' '), isSupported: true };
}

function crossed(sentences: readonly Sentence[], random: Random): Made {
  const [first, second] = twoOf(sentences, random);
  return { claim: [...first.slice(0, middleOf(first, random)), ...second.slice(middleOf(second, random))].join(' '), isSupported: false };
}

function exchanged(sentences: readonly Sentence[], random: Random): Made {
  const [first, second] = twoOf(sentences, random);
  const words = [...first];
  for (let times = 0; times < 2; times += 1) words[1 + Math.floor(random() * (words.length - 2))] = pick(second.filter(({ length }) => length > 3), random);
  return { claim: words.join(' '), isSupported: false };
}

function middleOf(words: Sentence, random: Random): number {
  return Math.floor(words.length * (0.35 + 0.3 * random()));
}

function twoOf(sentences: readonly Sentence[], random: Random): readonly [Sentence, Sentence] {
  const first = pick(sentences, random);
  return [first, pick(sentences.filter((other) => other !== first), random)];
}
