import type { Comparison, SchemaMode } from './comparison.ts';

/** Nothing was compared, for a reason that asking again would not change. */
export function undecided(mode: SchemaMode, why: string): Comparison {
  const direction = mode === 'forward' ? 'forward' : 'backward';
  return { answer: 'undecided', differences: [], doubts: [{ direction, keyword: null, pointer: '', why }], witness: null, accepted: [] };
}
