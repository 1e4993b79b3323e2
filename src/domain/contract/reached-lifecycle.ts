import type { Sha } from '../tree.ts';
import { lifecycles } from './lifecycle.ts';

/** That a governed branch had a released version in a later state than it was recorded in. Kept beside the release, which never changes. */
export interface ReachedLifecycle {
  /** Branch entry, id and version as the release has them. */
  readonly entry: string;
  readonly contractId: string;
  readonly version: string;
  readonly lifecycle: string;
  readonly commit: Sha;
}

/** Of draft < active < deprecated < retired the later one: a state that a version has left never comes back. An unknown word is before them all. */
export function furthestOf(one: string, other: string): string {
  return rank(other) > rank(one) ? other : one;
}

function rank(lifecycle: string): number {
  return lifecycles.findIndex((known) => known === lifecycle);
}
