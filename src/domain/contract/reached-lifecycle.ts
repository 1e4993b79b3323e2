import type { Release } from '../release.ts';
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

/** The releases in the furthest state of those they were in and those they reached. */
export function withReached(releases: readonly Release[], reached: readonly ReachedLifecycle[]): readonly Release[] {
  if (reached.length === 0) return releases;
  const byName = Map.groupBy(reached, nameOf);
  return releases.map((release) => {
    const states = byName.get(nameOf(release));
    return states === undefined ? release : { ...release, lifecycle: states.map((state) => state.lifecycle).reduce(furthestOf, release.lifecycle) };
  });
}

function nameOf({ entry, contractId, version }: ReachedLifecycle | Release): string {
  return JSON.stringify([entry, contractId, version]);
}

function rank(lifecycle: string): number {
  return lifecycles.findIndex((known) => known === lifecycle);
}
