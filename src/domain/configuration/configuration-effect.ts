import type { EffectiveChange } from './effect-of-change.ts';

/**
 * What merging a change of a configuration does to what is in force, and for whom. `gone`: the file goes, and its newest
 * version in the history goes on judging until the operator detaches it.
 */
export type ConfigurationEffect =
  | { readonly kind: 'changes'; readonly path: string; readonly reach: 'repository' | 'organisation'; readonly changes: readonly EffectiveChange[] }
  | { readonly kind: 'gone'; readonly path: string };
