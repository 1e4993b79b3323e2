import type { Finding } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { unreadSide } from '../unread-side.ts';
import { compareLock } from './compare-lock.ts';
import { compareManifest } from './compare-manifest.ts';
import type { Dependency, DependencyFacts } from '../../../domain/dependency/dependency.ts';
import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import type { DependencyFile } from '../../../domain/dependency/dependency-file.ts';
import { besideRequests } from './beside-files.ts';
import { includedActions } from './included-actions.ts';
import { knownPackages } from './known-packages.ts';
import type { KnownPackages } from './known-packages.ts';
import { pathFrom } from '../../../domain/dependency/path-from.ts';
import { locksOutOfForce } from './locks-out-of-force.ts';
import { mayAddAnything } from './may-add-anything.ts';
import { newAnswers } from './new-answers.ts';
import { packageActions } from './package-actions.ts';
import type { ChangedFile, FileChanges } from './package-change.ts';
import { isRequirementList, maybeRequirements } from '../../../domain/dependency/requirement-list.ts';
import { noFacts, sideFacts } from '../../../domain/dependency/side-facts.ts';
import { touchedFiles } from '../../../domain/dependency/touched-files.ts';
import type { TouchedFile } from '../../../domain/dependency/touched-files.ts';

/** Packages of npm and PyPI that manifests and lock files name newly, or of another major version. */
export const dependencyDeriver: Deriver = {
  name: 'dependencies',
  plan: ({ snapshot }) => [...[dependencyFileOf, maybeRequirements].flatMap((kindOf) => touchedFiles(snapshot, kindOf)).flatMap(({ file, isOver }) => (isOver ? [] : [file.base, file.head].flatMap((side) => sideRequest(side) ?? []))), ...besideRequests(snapshot)],
  derive(change) {
    const manifests = touchedFiles(change.snapshot, dependencyFileOf).map((one) => readFile(one, change));
    const readings = [...manifests, ...listsBeside(manifests, change)];
    const files = readings.flatMap(({ file }) => file ?? []);
    const parts = compareAll(files);
    const changes = parts.flatMap((part) => part.changes);
    const merged = { changes: [...changes, ...newAnswers(files, changes)], sources: parts.flatMap(({ sources }) => sources) };
    const locks = locksOutOfForce(change, files);
    return { actions: [...readings.flatMap(({ actions }) => actions), ...packageActions(files, merged, goneIn(change.snapshot)), ...includedActions(files, change.snapshot), ...locks.actions], findings: [...readings.flatMap(({ findings }) => findings), ...locks.findings] };
  },
};

function goneIn(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(changedFiles(snapshot).flatMap(({ path, head }) => (head === null ? path : [])));
}

/** What a manifest newly takes packages from is told with that manifest. */
function listsBeside(manifests: readonly FileReading[], change: ChangeToDerive): readonly FileReading[] {
  const told = new Set(includedActions(manifests.flatMap(({ file }) => file ?? []), change.snapshot).flatMap(({ paths }) => paths));
  return touchedFiles(change.snapshot, maybeRequirements).filter((one) => !told.has(one.file.path) && mayBeList(one, change)).map((one) => readFile(one, change));
}

/** A manifest that does not change may take packages from it: then one side is a list for pip. What is not known may be one. */
function mayBeList({ file, kind, isOver }: TouchedFile<DependencyFile>, { evidence }: ChangeToDerive): boolean {
  const sides = [file.base, file.head].map((side) => sideFacts(side, kind, evidence));
  return isOver || sides.some((side) => side.kind === 'unavailable' || (side.kind === 'facts' && isRequirementList(file.path, side.facts)));
}

interface FileReading extends Derived {
  readonly file: ChangedFile | null;
}

/** A base that is no file of its kind names nothing: then all is new. */
function readFile({ file, kind, isOver }: TouchedFile<DependencyFile>, { evidence }: ChangeToDerive): FileReading {
  if (isOver) return { file: null, actions: [mayAddAnything(file.path, 'the manifests and lock files of this change are over the limit together')], findings: [] };
  const [before, head] = [sideFacts(file.base, kind, evidence), sideFacts(file.head, kind, evidence)];
  const unread: readonly Finding[] = [...(before.kind === 'unavailable' ? [unreadSide(file.path, 'base', before.why)] : []), ...(head.kind === 'unavailable' ? [unreadSide(file.path, 'head', head.why)] : [])];
  if (unread.length > 0) return { file: null, actions: [], findings: unread };
  if (head.kind !== 'facts') return { file: null, actions: [mayAddAnything(file.path, head.why)], findings: [] };
  const isInside = ({ place }: Dependency): boolean => place !== undefined && pathFrom(file.path, place) !== null;
  const fromElsewhere = (facts: DependencyFacts): DependencyFacts => ({ ...facts, dependencies: facts.dependencies.filter((one) => !isInside(one)), inside: facts.dependencies.filter(isInside).map(({ name, key }) => key ?? name) });
  return { file: { path: file.path, file: kind, before: fromElsewhere(before.kind === 'facts' ? before.facts : noFacts), isBaseUnread: before.kind !== 'facts', head: fromElsewhere(head.facts), isNew: file.base === null, isKept: file.head !== null, text: head.text }, actions: [], findings: [] };
}

function compareAll(files: readonly ChangedFile[]): readonly FileChanges[] {
  return (['npm', 'pypi'] as const).flatMap((ecosystem) => {
    const [manifests, locks] = [false, true].map((isLock) => files.filter(({ file }) => file.ecosystem === ecosystem && file.isLock === isLock));
    const [asked, locked] = [knownIn(manifests ?? []), knownIn(locks ?? [])];
    const ofFormat = new Map([...Map.groupBy(locks ?? [], ({ file }) => file.format)].map(([format, some]) => [format, knownIn(some)]));
    return [...(manifests ?? []).map((one) => compareManifest(one, asked)), ...(locks ?? []).map((one) => compareLock(one, locked, ofFormat.get(one.file.format) ?? locked))];
  });
}

function knownIn(files: readonly ChangedFile[]): KnownPackages {
  return knownPackages(files.flatMap(({ before }): readonly Dependency[] => before.dependencies));
}
