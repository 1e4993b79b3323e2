import { isChangedOnBothSides, updateBranch } from '../../domain/changed-on-both-sides.ts';
import type { Finding } from '../../domain/finding.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { NamedAction } from './derive-actions.ts';

/**
 * Workflows and manifests are judged by comparing the base with the head. Where both changed one, neither is what would be merged:
 * a trigger of one side and a step of the other may be worse than either.
 */
export function comparedOnBothSides(actions: readonly NamedAction[], snapshot: Snapshot): readonly Finding[] {
  const compared = new Set(actions.filter(({ action }) => /^(?:workflow|dependency)\./.test(action)).flatMap(({ paths }) => paths));
  // What is governed the gate of the change asks for already.
  const both = changedFiles(snapshot).filter((file) => file.roles.length === 0 && compared.has(file.path) && isChangedOnBothSides(file));
  return both.map(({ path }) => updateBranch(path, snapshot.change.baseBranch));
}
