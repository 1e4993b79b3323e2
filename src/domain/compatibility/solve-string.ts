import { found, impossible, unclear } from './result.ts';
import type { Result } from './result.ts';
import type { StringAtom } from './term.ts';
import { automatonOf } from './text/automaton.ts';
import type { Automaton } from './text/automaton.ts';
import { hasFormat, isWithin, textsOfFormat, textsOfFormats } from './text/formats.ts';
import { matches } from './text/matches.ts';
import { literalPattern, parsePattern } from './text/parse-pattern.ts';
import { searchText } from './text/search-text.ts';

/** Texts longer than this are not made. */
const longest = 20_000;
const mostExcluded = 40;

/** A text within all of these and outside of those. */
export function solveString(positive: readonly StringAtom[], negative: readonly StringAtom[], excluded: readonly string[]): Result {
  const [least, most] = lengths(positive, negative);
  if (least > most) return impossible;
  // Nothing is known of content but that it is not the other one.
  const isSilent = negative.some(({ kind }) => kind === 'content');
  const refused = negative.filter(({ kind }) => kind !== 'content');
  if (negative.some((atom) => atom.kind === 'format' && positive.some((other) => other.kind === 'format' && isWithin(other.name, atom.name)))) return impossible;
  const suits = (text: string): boolean => lengthOf(text) >= least && lengthOf(text) <= most && positive.every((atom) => holds(atom, text)) && refused.every((atom) => !holds(atom, text)) && !excluded.includes(text);
  const made = textOfFormats(positive, negative).find(suits);
  if (made !== undefined) return found(made, isSilent);
  if (least > longest) return unclear(`a text of ${least} characters is longer than is made here`);
  return search(positive, negative, excluded, { least, most, suits }, isSilent);
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly suits: (text: string) => boolean;
}

function search(positive: readonly StringAtom[], negative: readonly StringAtom[], excluded: readonly string[], bounds: Bounds, isSilent: boolean): Result {
  const [within, without] = [automata(positive), automata(negative)];
  const literals = excluded.slice(0, mostExcluded).flatMap((text) => automatonOf(literalPattern(text)) ?? []);
  const plain = within.length + without.length === 0 ? plainText(bounds, excluded.length) : undefined;
  if (plain !== undefined) return found(plain, isSilent);
  const answer = searchText({ found: within, missing: [...without, ...literals], ...bounds });
  if (answer.kind === 'text') return found(answer.text, isSilent);
  // Automata that are left out only let more texts through.
  if (answer.kind === 'none') return impossible;
  const guess = [...textsOfFormats(), ...guesses].find(bounds.suits);
  return guess === undefined ? unclear('no text was found for the patterns and formats', keywordOf([...positive, ...negative])) : found(guess, isSilent);
}

/** One of so many plain texts of the least length that it can not be among the excluded ones, if they were all there is to mind. */
function plainText({ least, suits }: Bounds, excluded: number): string | undefined {
  const length = Math.max(least, 1);
  for (let count = 0; count <= excluded; count += 1) {
    const text = (count === 0 ? '' : count.toString(36)).padStart(length, 'a');
    if (suits(text)) return text;
  }
  return undefined;
}

const guesses = ['', 'a', 'A', '0', '1', 'abc', 'ABC', 'a1', 'a-b', 'a_b', 'a b', '1.0.0', 'v1', '#000', '#ffffff', '12345', '1234567890', '-', ' ', 'é', '$', '\n'];

function lengths(positive: readonly StringAtom[], negative: readonly StringAtom[]): readonly [number, number] {
  let [least, most] = [0, Infinity];
  for (const atom of positive) {
    if (atom.kind === 'minLength') least = Math.max(least, Math.ceil(atom.count));
    if (atom.kind === 'maxLength') most = Math.min(most, Math.floor(atom.count));
  }
  for (const atom of negative) {
    if (atom.kind === 'minLength') most = Math.min(most, Math.ceil(atom.count) - 1);
    if (atom.kind === 'maxLength') least = Math.max(least, Math.floor(atom.count) + 1);
  }
  return [least, most];
}

/** The validator counts code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** What a text must have; of content nothing is asked here. */
export function holds(atom: StringAtom, text: string): boolean {
  switch (atom.kind) {
    case 'minLength':
      return lengthOf(text) >= atom.count;
    case 'maxLength':
      return lengthOf(text) <= atom.count;
    case 'pattern':
      return matches(atom.source, text) === true;
    case 'format':
      return hasFormat(atom.name, text);
    case 'content':
      return true;
  }
}

function textOfFormats(positive: readonly StringAtom[], negative: readonly StringAtom[]): readonly string[] {
  const wanted = positive.flatMap((atom) => (atom.kind === 'format' ? textsOfFormat(atom.name) : []));
  if (wanted.length > 0) return wanted;
  return negative.some(({ kind }) => kind === 'format') ? ['a', '', ...guesses, ...textsOfFormats()] : [];
}

/** Known automata, by source: they are asked again and again. */
const known = new Map<string, Automaton | null>();

function automata(atoms: readonly StringAtom[]): readonly Automaton[] {
  return atoms.flatMap((atom) => (atom.kind === 'pattern' ? (automatonFor(atom.source) ?? []) : []));
}

function automatonFor(source: string): Automaton | null {
  const before = known.get(source);
  if (before !== undefined) return before;
  const pattern = parsePattern(source);
  const automaton = pattern === null ? null : automatonOf(pattern);
  if (known.size > 500) known.clear();
  known.set(source, automaton);
  return automaton;
}

function keywordOf(atoms: readonly StringAtom[]): string {
  return atoms.some(({ kind }) => kind === 'pattern') ? 'pattern' : 'format';
}
