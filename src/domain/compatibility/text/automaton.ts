import { holds } from './character-set.ts';
import type { CharacterSet } from './character-set.ts';
import type { Pattern } from './parse-pattern.ts';

/** Nodes of a pattern's automaton; the last one accepts. Without a set, an edge is free, or asks to be at an end of the text. */
interface Node {
  readonly edges: { readonly to: number; readonly when: CharacterSet | 'always' | 'start' | 'end' }[];
}

/** Where a text has led: the nodes, and whether the pattern was found already. */
export interface State {
  readonly key: string;
  readonly nodes: readonly number[];
  readonly isFound: boolean;
  readonly isStart: boolean;
}

export interface Automaton {
  readonly sets: readonly CharacterSet[];
  readonly start: State;
  step(state: State, character: number): State;
  /** Whether the pattern is found in a text that ends here. */
  accepts(state: State): boolean;
}

const mostNodes = 3_000;

/** Finds a pattern anywhere in a text, as `RegExp.test` does. Null when it would be too large. */
export function automatonOf(pattern: Pattern): Automaton | null {
  const nodes: Node[] = [{ edges: [] }];
  const final = build(pattern, 0, nodes);
  if (final === null) return null;
  const sets = nodes.flatMap(({ edges }) => edges.flatMap(({ when }) => (typeof when === 'string' ? [] : [when])));
  const steps = new Map<string, State>();
  const stateOf = (from: readonly number[], isStart: boolean): State => {
    const reached = closure(nodes, from, isStart, false);
    if (reached.has(final)) return { key: '*', nodes: [], isFound: true, isStart: false };
    const sorted = [...reached].toSorted((a, b) => a - b);
    return { key: `${isStart ? '^' : ''}${sorted.join(',')}`, nodes: sorted, isFound: false, isStart };
  };
  return {
    sets,
    start: stateOf([0], true),
    step: (state, character) => {
      if (state.isFound) return state;
      const key = `${character}:${state.key}`;
      const known = steps.get(key);
      if (known !== undefined) return known;
      const next = state.nodes.flatMap((node) => (nodes[node]?.edges ?? []).flatMap(({ to, when }) => (typeof when !== 'string' && holds(when, character) ? [to] : [])));
      const reached = stateOf([0, ...next], false);
      steps.set(key, reached);
      return reached;
    },
    accepts: (state) => state.isFound || closure(nodes, state.nodes, state.isStart, true).has(final),
  };
}

function closure(nodes: readonly Node[], from: readonly number[], isStart: boolean, isEnd: boolean): ReadonlySet<number> {
  const reached = new Set(from);
  for (const node of reached) {
    for (const { to, when } of nodes[node]?.edges ?? []) if (when === 'always' || (when === 'start' && isStart) || (when === 'end' && isEnd)) reached.add(to);
  }
  return reached;
}

/** Adds the pattern behind a node; the node where it ends, or null when there are too many. */
function build(pattern: Pattern, from: number, nodes: Node[]): number | null {
  if (nodes.length > mostNodes) return null;
  switch (pattern.kind) {
    case 'set':
      return edge(from, pattern.set, nodes);
    case 'start':
    case 'end':
      return edge(from, pattern.kind, nodes);
    case 'sequence':
      return pattern.parts.reduce<number | null>((at, part) => (at === null ? null : build(part, at, nodes)), from);
    case 'choice':
      return joined(pattern.parts.map((part) => build(part, edge(from, 'always', nodes), nodes)), nodes);
    case 'repeat':
      return repeated(pattern, from, nodes);
  }
}

function repeated({ part, least, most }: Extract<Pattern, { readonly kind: 'repeat' }>, from: number, nodes: Node[]): number | null {
  let at: number | null = from;
  for (let count = 0; count < least && at !== null; count += 1) at = build(part, at, nodes);
  if (at === null) return null;
  if (most === Infinity) {
    const loop = edge(at, 'always', nodes);
    const back = build(part, loop, nodes);
    if (back === null) return null;
    nodes[back]?.edges.push({ to: loop, when: 'always' });
    return edge(loop, 'always', nodes);
  }
  const ends: (number | null)[] = [at];
  for (let count = least; count < most && at !== null; count += 1) {
    at = build(part, at, nodes);
    ends.push(at);
  }
  return joined(ends, nodes);
}

function joined(ends: readonly (number | null)[], nodes: Node[]): number | null {
  const end = nodes.length;
  nodes.push({ edges: [] });
  for (const one of ends) {
    if (one === null) return null;
    nodes[one]?.edges.push({ to: end, when: 'always' });
  }
  return end;
}

function edge(from: number, when: Node['edges'][number]['when'], nodes: Node[]): number {
  nodes.push({ edges: [] });
  nodes[from]?.edges.push({ to: nodes.length - 1, when });
  return nodes.length - 1;
}
