import type { Dependency } from '../../../domain/dependency/dependency.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { pathFrom } from '../../../domain/dependency/path-from.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { OwnPackage } from '../../../domain/module/imports-answer.ts';
import type { FileContent } from '../../../domain/probe-answer.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { PackageOutcome } from './package-outcome.ts';

/** Something that a manifest newly takes from the repository itself. */
export interface OwnPlace {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** The manifest, and its text. */
  readonly path: string;
  readonly text: string;
  readonly target: PlaceTarget;
}

/** `path`: of a folder or an archive, from the root; empty: the root. `outside`: it leads out of the repository, or may. */
type PlaceTarget = { readonly kind: 'member'; readonly name: string } | { readonly kind: 'path'; readonly path: string } | { readonly kind: 'outside' };

/** Where a dependency of a manifest lies by what stands in the place of its range. */
export function placeTarget({ name, source, place = '' }: Dependency, manifest: string): PlaceTarget {
  const [, member] = /^workspace:(.*)$/s.exec(source ?? '') ?? [];
  if (member !== undefined && !/^\.{0,2}\//.test(member)) return { kind: 'member', name: /^(@[^@/]+\/[^@]+|[a-z][^@]*)@/i.exec(member)?.[1] ?? name };
  const path = pathFrom(manifest, member ?? place);
  return path === null ? { kind: 'outside' } : { kind: 'path', path };
}

/** What a change says of paths. */
interface ChangedPlaces {
  readonly base: Sha;
  /** Files that it leaves there. */
  readonly standing: readonly string[];
  /** Files that it takes away. */
  readonly gone: ReadonlySet<string>;
}

export function changedPlaces({ base, files }: Pick<Snapshot, 'base' | 'files'>): ChangedPlaces {
  const changed = files.filter((file) => file.changed);
  return { base, standing: changed.filter(({ head }) => head !== null).map(({ path }) => path), gone: new Set(changed.filter(({ head }) => head === null).map(({ path }) => path)) };
}

/** The root is always there. */
function standsIn({ standing }: ChangedPlaces, path: string): boolean {
  return path === '' || standing.some((one) => one === path || one.startsWith(`${path}/`));
}

/** Asked where the change itself does not tell. */
export function placeRequest({ target }: OwnPlace, looked: ChangedPlaces): RequestOf<'file-at'> | null {
  return target.kind === 'path' && !looked.gone.has(target.path) && !standsIn(looked, target.path) ? { kind: 'file-at', commit: looked.base, path: target.path } : null;
}

/** `own`: members of the workspace; null: that is not to be told. */
interface KnownPlaces {
  readonly looked: ChangedPlaces;
  readonly evidence: Evidence;
  readonly own: readonly OwnPackage[] | null;
}

/** Whether it is there once the change is merged. */
export function placeOutcome(place: OwnPlace, { looked, evidence, own }: KnownPlaces): PackageOutcome {
  const { target } = place;
  switch (target.kind) {
    case 'outside':
      return { kind: 'untold', why: 'it lies outside of the repository' };
    case 'member':
      if (own === null) return { kind: 'untold', why: 'whether it is a member of the workspace is not known' };
      return own.some(({ name }) => name === target.name) ? { kind: 'proven' } : { kind: 'nowhere', why: 'no member of the workspace has this name' };
    case 'path': {
      const request = placeRequest(place, looked);
      const answer = request === null ? null : evidence.find(request);
      if (answer !== null && answer?.kind !== 'answered') return { kind: 'unknown', why: answer?.why ?? 'it was not asked' };
      const isThere = answer === null ? standsIn(looked, target.path) : isSomething(answer.value);
      // A build may make it.
      return isThere ? { kind: 'proven' } : { kind: 'untold', why: `nothing stands at ${JSON.stringify(target.path)} once this is merged` };
    }
  }
}

function isSomething(content: FileContent): boolean {
  return content.kind !== 'no-file' || content.isFolder === true || content.isLink === true || content.isSubmodule === true;
}
