import type { ContractSet } from '../configuration/configuration.ts';

/** How the versions of a path lie, by all sets that match it: versioned as soon as any of them says so. */
export function layoutOf(sets: readonly ContractSet[]): ContractSet['layout'] {
  return sets.some((set) => set.layout === 'versioned') ? 'versioned' : 'in-place';
}
