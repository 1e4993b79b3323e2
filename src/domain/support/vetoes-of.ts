import { claimNames } from './claim-names.ts';
import type { ClaimName } from './claim-names.ts';
import { claimNumbers } from './claim-numbers.ts';
import type { ClaimNumber } from './claim-numbers.ts';
import type { Passage } from './passage.ts';
import type { PassageIndex } from './passage-index.ts';
import { productsIn } from './passage-numbers.ts';
import type { TextKind } from './text-kind.ts';

/** Something that a claim says and that none of its passages has: it can not be supported by them, whatever the score. */
export interface Veto {
  readonly kind: 'number' | ClaimName['kind'];
  /** As the claim has it. Untrusted. */
  readonly text: string;
}

/** Names and numbers of one claim that are looked for. What a claim has beyond is not there. */
const mostLookedFor = 100;

export interface LookedFor {
  readonly vetoes: readonly Veto[];
  /** Share of the claim's numbers that a passage has; 1 where it has none. */
  readonly numbers: number;
}

/** `kind` is of the passages: code where one of them is code. */
export function vetoesOf(claim: string, passages: readonly Passage[], index: Pick<PassageIndex, 'numbers'>, kind: TextKind): LookedFor {
  const names = claimNames(claim, kind);
  const numbers = claimNumbers(claim).filter(({ start }) => !names.some((name) => start >= name.start && start < name.start + name.text.length));
  const texts = passages.flatMap(({ text, path }) => (path === null ? [text] : [text, `/${path}`])).map(searchedText);
  const there = new Set([...index.numbers, ...passages.flatMap(({ text }) => productsIn(text))]);
  const missing = numbers.filter((number, place) => place >= mostLookedFor || !(number.forms.some((form) => there.has(form)) || isCitedLine(claim, number, passages)));
  const unnamed = names.filter((name, place) => place >= mostLookedFor || !texts.some((text) => holdsName(text, name)));
  const digits = new Set(passages.flatMap(({ text }) => text.match(/\p{N}+/gu) ?? []));
  const foreign = foreignNumbers(claim).filter((number, place) => place >= mostLookedFor || !digits.has(number));
  return {
    vetoes: [...unnamed.map((name): Veto => ({ kind: name.kind, text: name.text })), ...[...missing.map(({ text }) => text), ...foreign].map((text): Veto => ({ kind: 'number', text }))],
    numbers: numbers.length === 0 ? 1 : 1 - missing.length / numbers.length,
  };
}

/** Numbers with other digits than those of ASCII: what they amount to is not reckoned, they have to stand there as they are. */
function foreignNumbers(claim: string): readonly string[] {
  return [...claim.matchAll(/\p{N}+/gu)].map(([number]) => number).filter((number) => /[^0-9]/.test(number));
}

/** A text in which names are looked for, each word of it known once. */
interface SearchedText {
  readonly text: string;
  /** Words of letters, digits, `_` and `$`; and those with `-` in them, too. */
  readonly words: ReadonlySet<string>;
  readonly dashed: ReadonlySet<string>;
}

function searchedText(text: string): SearchedText {
  return { text, words: new Set(text.match(/[\p{L}\p{N}_$]+/gu)), dashed: new Set(text.match(/[\p{L}\p{N}_$-]+/gu)) };
}

function holdsName({ text, words, dashed }: SearchedText, { kind, text: name }: ClaimName): boolean {
  switch (kind) {
    case 'flag':
      return holds(text, name, /[\w-]/);
    case 'version':
      return holds(text, name, /[\w.]/) || holds(text, name.replace(/^v/, ''), /[\d.]/);
    case 'path':
      return holds(text, name.replace(/^(?:\.{0,2}\/)+/, ''), /[\w-]/);
    case 'identifier':
      return dashed.has(name) || holds(text, name, /[\p{L}\p{N}_$-]/u) || (/[.-]/.test(name) && name.split(/[.-]/).every((part) => part === '' || words.has(part) || (/[@\\]/.test(part) && holds(text, part, /[\p{L}\p{N}_$]/u))));
  }
}

/**
 * Whether a text has a word whole: with none of the characters that could belong to it on either side. A full stop at its end is none. Where the character
 * before belongs to a longer word, no place up to the end of that begins one: it is passed over in one step.
 */
function holds(text: string, word: string, part: RegExp): boolean {
  let at = text.indexOf(word);
  while (at >= 0) {
    const isBegun = at > 0 && part.test(text.charAt(at - 1));
    if (!isBegun && !continues(text, at + word.length, part)) return true;
    if (isBegun) while (at < text.length && part.test(text.charAt(at))) at += 1;
    at = text.indexOf(word, at + 1);
  }
  return false;
}

function continues(text: string, end: number, part: RegExp): boolean {
  const next = text[end] ?? '';
  if (next !== '.') return part.test(next);
  return part.test('.') && /\w/.test(text[end + 1] ?? '');
}

/** "line 14" of a claim is about where it points. */
function isCitedLine(claim: string, { text, start }: ClaimNumber, passages: readonly Passage[]): boolean {
  if (!/\blines?\s(?:\d+\s?(?:-|\u2013|to|and)\s?)?$/.test(claim.slice(Math.max(0, start - 24), start))) return false;
  const line = Number(text);
  return passages.some(({ lines }) => lines !== null && line >= lines.start && line <= lines.end);
}
