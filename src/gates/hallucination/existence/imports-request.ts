import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import type { ImportsAnswer, OwnPackage } from '../../../domain/module/imports-answer.ts';
import type { ChangedPath } from '../../../domain/module/modules-to-look-at.ts';
import { isSourceFile } from '../../../domain/module/source-file.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { documentEcosystems } from './document-packages.ts';

const listed = new WeakMap<Snapshot, readonly ChangedPath[]>();

/** Asked where the change has modules, or names packages of which some may be the repository's own; null: nothing has to be. */
export function importsRequest({ snapshot, documents }: Pick<GroundedChange, 'snapshot' | 'documents'>): RequestOf<'imports'> | null {
  const changed = changedFiles(snapshot);
  const isAsked = changed.some(({ path }) => isSourceFile(path) || dependencyFileOf(path)?.ecosystem === 'npm') || documentEcosystems({ documents }).includes('npm');
  return isAsked ? { kind: 'imports', commit: snapshot.base, changed: changedPaths(snapshot) } : null;
}

/** What its subject is made of is digested once. */
function changedPaths(snapshot: Snapshot): readonly ChangedPath[] {
  const known = listed.get(snapshot) ?? changedFiles(snapshot).map(({ path, base, head }) => ({ path, base, result: head }));
  listed.set(snapshot, known);
  return known;
}

export type TellingOfImports = { readonly kind: 'told'; readonly answer: ImportsAnswer | null; readonly own: readonly OwnPackage[] | null } | { readonly kind: 'unavailable'; readonly why: string; readonly answer: null; readonly own: null };

export function importsAnswer(change: GroundedChange): TellingOfImports {
  const request = importsRequest(change);
  if (request === null) return { kind: 'told', answer: null, own: [] };
  const answer = change.evidence.find(request);
  return answer?.kind === 'answered' ? { kind: 'told', answer: answer.value, own: answer.value.own } : { kind: 'unavailable', why: answer?.why ?? 'it was not asked', answer: null, own: null };
}
