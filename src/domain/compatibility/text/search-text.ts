import type { Automaton, State } from './automaton.ts';
import type { CharacterSet } from './character-set.ts';

export interface TextSearch {
  readonly found: readonly Automaton[];
  readonly missing: readonly Automaton[];
  /** In code points. */
  readonly least: number;
  readonly most: number;
  /** A last word on what the automata would take. */
  readonly suits: (text: string) => boolean;
}

export type TextFound = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' | 'unclear' };

interface Reached {
  readonly states: readonly State[];
  readonly text: string;
}

const mostSteps = 40_000;
const refusalsBorne = 200;

/**
 * The shortest text in which some patterns are found and others not: a walk through the product of their automata, length
 * by length. `none` is proven: from the least length on, every state that can be reached is met within as many steps as
 * there are states.
 */
export function searchText(search: TextSearch): TextFound {
  const alphabet = alphabetOf([...search.found, ...search.missing].flatMap(({ sets }) => sets));
  const seen = new Set<string>();
  let layer = new Map<string, Reached>([['', { states: [...search.found, ...search.missing].map(({ start }) => start), text: '' }]]);
  let [steps, refused] = [0, 0];
  for (let length = 0; length <= search.most; length += 1) {
    if (length >= search.least) {
      const before = seen.size;
      for (const [key, { states, text }] of layer) {
        seen.add(key);
        if (!isAccepted(search, states)) continue;
        if (search.suits(text)) return { kind: 'text', text };
        refused += 1;
      }
      // Without news the layers repeat. Where texts were refused, another of the same states may suit.
      if (refused > refusalsBorne) return { kind: 'unclear' };
      if (seen.size === before && length > search.least && (refused === 0 || length > search.least + seen.size + 20)) return { kind: refused === 0 ? 'none' : 'unclear' };
    }
    const next = new Map<string, Reached>();
    for (const { states, text } of layer.values()) {
      for (const character of alphabet) {
        steps += 1;
        if (steps > mostSteps) return { kind: 'unclear' };
        const reached = stepAll(search, states, character);
        const key = reached?.map((state) => state.key).join('|');
        if (reached !== null && key !== undefined && !next.has(key)) next.set(key, { states: reached, text: text + String.fromCodePoint(character) });
      }
    }
    if (next.size === 0) return { kind: refused === 0 ? 'none' : 'unclear' };
    layer = next;
  }
  return { kind: refused === 0 ? 'none' : 'unclear' };
}

function isAccepted({ found, missing }: TextSearch, states: readonly State[]): boolean {
  return states.every((state, index) => (index < found.length ? (found[index]?.accepts(state) ?? false) : !(missing[index - found.length]?.accepts(state) ?? true)));
}

/** Null once a pattern that must be missing was found: nothing that follows mends that. */
function stepAll({ found, missing }: TextSearch, states: readonly State[], character: number): readonly State[] | null {
  const next = states.map((state, index) => (index < found.length ? found[index] : missing[index - found.length])?.step(state, character) ?? state);
  return next.slice(found.length).some((state) => state.isFound) ? null : next;
}

/** One character for each way in which the sets tell characters apart, the most readable ones first. */
function alphabetOf(sets: readonly CharacterSet[]): readonly number[] {
  const starts = new Set<number>([0, 0xe000]);
  for (const [from, to] of sets.flat()) {
    starts.add(from);
    starts.add(to + 1);
  }
  for (const readable of [0x20, 0x30, 0x3a, 0x41, 0x5b, 0x61, 0x7b]) starts.add(readable);
  const sorted = [...starts].filter((start) => start <= 0x10ffff && (start < 0xd800 || start > 0xdfff)).toSorted((a, b) => a - b);
  return sorted.toSorted((a, b) => rank(a) - rank(b));
}

function rank(character: number): number {
  if (character >= 0x61 && character <= 0x7a) return 0;
  if (character >= 0x30 && character <= 0x39) return 1;
  if (character >= 0x41 && character <= 0x5a) return 2;
  return character >= 0x20 && character < 0x7f ? 3 : 4;
}
