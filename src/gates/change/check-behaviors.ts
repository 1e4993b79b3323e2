import { namedFilesOf } from '../../domain/behavior/named-files.ts';
import type { NamedFile } from '../../domain/behavior/named-files.ts';
import { readBaseline } from '../../domain/behavior/read-baseline.ts';
import type { BehaviorAt } from '../../domain/behavior/behavior-at.ts';
import { readDocumentSide } from '../../domain/document/document-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { resultSide } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import { behaviorRequestsAfter, behaviorsAfter } from './behaviors-after.ts';
import type { BehaviorAfter } from './behaviors-after.ts';
import { checkSchema, compileRequest } from './check-own-file.ts';
import { blobRequest } from './read-own-file.ts';

type ValidBehavior = Extract<BehaviorAt, { kind: 'behavior' }>;

/** A file that a behaviour of the result names, in which the change takes part. */
interface NamedAfter {
  readonly behavior: ValidBehavior;
  /** Whether the change touches the behaviour's own file. */
  readonly isChanged: boolean;
  readonly named: NamedFile;
  /** Undefined: nothing stands there, on no side. */
  readonly file: SnapshotFile | undefined;
}

/** First the behaviours of the result, then the files that they name and the change touches, then whether schemas among these compile. */
export function behaviorCheckRequests(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const touched = namedAfter(snapshot, evidence).flatMap(({ named, file }) => (file?.changed === true ? [{ named, file }] : []));
  const blobs = touched.map(({ file }) => blobRequest(file.head)).filter((request) => request !== null);
  return [...behaviorRequestsAfter(snapshot), ...blobs, ...touched.flatMap(({ named, file }) => (named.as === 'schema' ? compiled(file, evidence) : []))];
}

/** What would keep a behaviour from being measured once the change is merged: nobody merges what later blocks everybody. */
export function checkBehaviors(snapshot: Snapshot, evidence: Evidence): readonly Finding[] {
  return [...repeatedNames(behaviorsAfter(snapshot, evidence)), ...namedAfter(snapshot, evidence).flatMap((one) => checkNamed(one, evidence))];
}

/** Paths that behaviours of the result name where nothing stands on any side: what is laid there later changes what is judged here. */
export function namedInVain(snapshot: Snapshot, evidence: Evidence): readonly string[] {
  return namedAfter(snapshot, evidence).flatMap(({ named, file }) => (file === undefined ? [named.path] : []));
}

function namedAfter(snapshot: Snapshot, evidence: Evidence): readonly NamedAfter[] {
  const files = new Map(snapshot.files.map((file) => [file.path, file]));
  return behaviorsAfter(snapshot, evidence).flatMap(({ file: own, at }) => {
    if (at.kind !== 'behavior') return [];
    const all = namedFilesOf(at.behavior).map((named): NamedAfter => ({ behavior: at, isChanged: own.changed, named, file: files.get(named.path) }));
    return all.filter(({ isChanged, file }) => isChanged || file?.changed === true);
  });
}

/** A change that adds the second file of a name is told at the file that it touches. */
function repeatedNames(behaviors: readonly BehaviorAfter[]): readonly Finding[] {
  const valid = behaviors.flatMap(({ file, at }) => (at.kind === 'behavior' ? [{ file, at }] : []));
  return valid.filter(({ file }) => file.changed).flatMap(({ at }) => {
    const other = valid.find((one) => one.at.path !== at.path && one.at.behavior.name === at.behavior.name);
    return other === undefined ? [] : [refused(at, '/name', `${quoted(at.behavior.name)}, which is the name of ${quoted(other.at.path)} too`, 'a name of its own')];
  });
}

function checkNamed(one: NamedAfter, evidence: Evidence): readonly Finding[] {
  const { behavior, named, file } = one;
  const side = file === undefined ? null : resultSide(file);
  if (file === undefined || side === null) return [missing(one)];
  if (!file.changed) return [];
  // Any text may be a template.
  if (named.as === 'template') return [];
  const reading = readDocumentSide(side, file.path, evidence);
  if (reading.kind === 'unavailable' || reading.kind === 'absent') return [unread(file.path, reading.kind === 'absent' ? 'nothing stands there' : reading.why)];
  if (reading.kind === 'unreadable') return [wrong(file.path, behavior, reading.why, 'JSON or YAML')];
  if (named.as === 'schema') return compiled(file, evidence).flatMap((request) => checkSchema(file.path, request, evidence));
  if (named.as !== 'baseline') return [];
  const baseline = readBaseline({ kind: 'file', path: file.path }, new Map([[file.path, { kind: 'value', value: reading.document.value }]]));
  return baseline.kind === 'none' ? [wrong(file.path, behavior, baseline.found, 'a list of values, or an object with them as `values`')] : [];
}

function compiled(file: SnapshotFile, evidence: Evidence): readonly ReturnType<typeof compileRequest>[] {
  const reading = file.head === null ? null : readDocumentSide(file.head, file.path, evidence);
  return file.head !== null && reading?.kind === 'document' ? [compileRequest(file.head.blob, reading.document.value)] : [];
}

function missing({ behavior, isChanged, named }: NamedAfter): Finding {
  if (isChanged) return refused(behavior, named.pointer, `${quoted(named.path)}, where nothing stands`, 'a file of the repository');
  return wrong(named.path, behavior, 'no file there after this change', 'a file that stays, or a behaviour that no longer names it');
}

function refused({ path, document }: ValidBehavior, pointer: string, found: string, expected: string): Finding {
  const key = pointer.slice(1).replaceAll('/', '.');
  return finding({ code: 'config/invalid', path, ...document.positionOf(pointer), message: `Cannot use \`${key}\`: found ${found}, expected ${expected}.`, expected, found, next: `Correct \`${key}\`.`, subject: `${pointer} ${expected}` });
}

function wrong(path: string, behavior: ValidBehavior, found: string, expected: string): Finding {
  const who = `the behaviour ${quoted(behavior.behavior.name)}`;
  return finding({ code: 'config/invalid', path, message: `Cannot use \`${path}\`, by which ${who} is measured: found ${found}, expected ${expected}.`, expected, found, next: `Correct ${path}.`, subject: `${behavior.behavior.name} ${expected}` });
}

function unread(path: string, why: string): Finding {
  return finding({ code: 'snapshot/unreadable', path, message: `Cannot read \`${path}\` at the head: ${why}. Nothing in your change caused this.`, expected: 'the content of the file', found: why, next: 'Wait for the next attempt.' });
}
