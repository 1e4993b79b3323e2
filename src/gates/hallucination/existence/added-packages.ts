import { isContentDigest } from '../../../domain/dependency/is-content-digest.ts';
import type { Dependency } from '../../../domain/dependency/dependency.ts';
import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import type { DependencyFile, Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { sideFacts } from '../../../domain/dependency/side-facts.ts';
import type { SideFacts } from '../../../domain/dependency/side-facts.ts';
import { touchedFiles } from '../../../domain/dependency/touched-files.ts';
import { unjudgedIncludes } from '../../../domain/dependency/unjudged-includes.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import { quoted } from '../../../domain/finding.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { namesInside } from './names-inside.ts';
import { placeTarget } from './own-places.ts';
import type { OwnPlace } from './own-places.ts';

/** A package that a change names newly, or another version of one. */
export interface AddedPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** A version or a range as it is written; null: any. */
  readonly version: string | null;
  /** File that names it, and the text there. */
  readonly path: string;
  readonly text: string;
  /** Whether no changed file of its ecosystem named it at the base. */
  readonly isNew: boolean;
  /** Whether a manifest asks for it that no changed one of its ecosystem asked for: what only a lock file knew is no choice of anybody. */
  readonly isAdded: boolean;
  /** Whether a manifest asks for it. */
  readonly isDirect: boolean;
  /** Addresses of indexes that the file names for it. */
  readonly indexes: readonly string[];
  /** Where it comes from in place of an index; null: from one. */
  readonly elsewhere: string | null;
  /** Of uv: whether it is to be a member of the workspace. */
  readonly isMember: boolean;
}

export interface AddedPackages {
  /** Names that changed lock files of Python take from the repository itself. */
  readonly inside: ReadonlySet<string>;
  readonly packages: readonly AddedPackage[];
  /** What manifests newly take from the repository itself. */
  readonly places: readonly OwnPlace[];
  /** Files that may name any package: they can not be read, and asking again would not change that. */
  readonly unread: readonly { readonly path: string; readonly why: string }[];
  readonly unavailable: readonly { readonly path: string; readonly why: string }[];
  /** Changed files that were read. */
  readonly covered: readonly string[];
}

interface ReadFile {
  readonly path: string;
  readonly kind: DependencyFile;
  readonly before: SideFacts;
  readonly head: SideFacts;
}

/** What manifests and lock files of the change name that they did not name before. */
export function addedPackages(snapshot: Snapshot, evidence: Evidence): AddedPackages {
  const touched = touchedFiles(snapshot, dependencyFileOf).filter(({ file }) => file.head !== null);
  const over = touched.filter(({ isOver }) => isOver).map(({ file }) => ({ path: file.path, why: 'the manifests and lock files of this change are over the limit together' }));
  const files = touched.filter(({ isOver }) => !isOver).map(({ file, kind }): ReadFile => ({ path: file.path, kind, before: sideFacts(file.base, kind, evidence), head: sideFacts(file.head, kind, evidence) }));
  const known = { all: namedIn(files), asked: namedIn(files.filter(({ kind }) => !kind.isLock)) };
  return {
    inside: new Set(files.flatMap(({ kind, head }) => (head.kind === 'facts' && kind.isLock && kind.ecosystem === 'pypi' ? head.facts.dependencies.flatMap((one) => (one.place === undefined ? [] : [one.name])) : []))),
    packages: files.flatMap((file) => addedBy(file, known)),
    places: files.flatMap(placesIn),
    unread: [...over, ...files.flatMap(unreadIn)],
    unavailable: files.flatMap(({ path, before, head }) => [before, head].flatMap((side) => (side.kind === 'unavailable' ? [{ path, why: side.why }] : [])).slice(0, 1)),
    covered: files.flatMap(({ path, head }) => (head.kind === 'facts' ? [path] : [])),
  };
}

/** What fetches packages, and what a runtime is called, are no packages of these names. */
const others = new Set(['packageManager', 'devEngines', 'engines']);

/** `ecosystem:name` of all that stood in the files at the base. */
function namedIn(files: readonly ReadFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ kind, before }) => (before.kind === 'facts' ? before.facts.dependencies.map(({ name }) => `${kind.ecosystem}:${name}`) : [])));
}

/** Beside what can not be read, files that it newly takes packages from and that nobody reads. */
function unreadIn({ path, before, head }: ReadFile): AddedPackages['unread'] {
  if (head.kind !== 'facts') return head.kind === 'unread' ? [{ path, why: head.why }] : [];
  const stood = new Set(before.kind === 'facts' ? unjudgedIncludes(path, before.facts) : []);
  const [first, ...more] = unjudgedIncludes(path, head.facts).filter((target) => !stood.has(target));
  return first === undefined ? [] : [{ path, why: `it takes some from ${quoted(first)}${more.length === 0 ? '' : ` and ${more.length} more`}, which is no manifest by its name` }];
}

/** A base that is no file of its kind named nothing: then all is new. */
function addedBy({ path, kind, before, head }: ReadFile, known: { readonly all: ReadonlySet<string>; readonly asked: ReadonlySet<string> }): readonly AddedPackage[] {
  if (head.kind !== 'facts') return [];
  const stood = namedBefore(before);
  const { own, members } = namesInside(head.text, kind);
  const moved = new Set(head.facts.dependencies.flatMap((one) => (isMoved(one) ? [one.name] : [])));
  const inside = new Set(head.facts.dependencies.flatMap((one) => (one.place === undefined ? [] : [one.name])));
  const fresh = head.facts.dependencies.filter((one) => !isInside(one, inside, kind) && !own.has(one.name) && !others.has(one.kind) && !stood.has(keyOf(one)) && (isMoved(one) || !moved.has(one.name)));
  return fresh.map((one) => ({ ecosystem: kind.ecosystem, name: one.name, version: versionOf(one, kind), path, text: head.text, isNew: !known.all.has(`${kind.ecosystem}:${one.name}`), isAdded: !kind.isLock && !known.asked.has(`${kind.ecosystem}:${one.name}`), isDirect: !kind.isLock, isMember: members.has(one.name), ...placeOf(one, kind) }));
}

function placesIn({ path, kind, before, head }: ReadFile): readonly OwnPlace[] {
  if (head.kind !== 'facts' || kind.isLock) return [];
  const stood = namedBefore(before);
  const fresh = head.facts.dependencies.filter((one) => one.place !== undefined && !stood.has(keyOf(one)));
  return fresh.map((one) => ({ ecosystem: kind.ecosystem, name: one.name, path, text: head.text, target: placeTarget(one, path) }));
}

function namedBefore(before: SideFacts): ReadonlySet<string> {
  return new Set(before.kind === 'facts' ? before.facts.dependencies.map(keyOf) : []);
}

/**
 * Whether what an entry names lies in the repository. Of Python a name is of one package alone; of npm a package of the registry may have the name of a
 * folder, too, and each entry counts by itself, but for lock files that tell of one folder twice.
 */
function isInside({ name, place, source }: Dependency, inside: ReadonlySet<string>, { ecosystem }: DependencyFile): boolean {
  return place !== undefined || (inside.has(name) && (ecosystem === 'pypi' || /^(?:file|link|portal|workspace):/.test(source ?? '')));
}

/** Of uv: where packages come from that are asked for elsewhere in the file. */
function isMoved({ kind }: Dependency): boolean {
  return kind === 'uv.sources';
}

function keyOf({ name, wanted, source }: Dependency): string {
  return JSON.stringify([name, wanted, source]);
}

/** Of Python a lock file has the version alone. */
function versionOf({ wanted, source }: Dependency, { ecosystem, isLock, format }: DependencyFile): string | null {
  if (wanted === '' || wanted === '*' || (source !== null && !isLock)) return null;
  if (ecosystem === 'npm') return /^[\w.^~<>=*|+ \t-]+$/.test(wanted) ? wanted : null;
  return format !== 'requirements' && /^\d/.test(wanted) && isLock ? `==${wanted}` : wanted;
}

/** A lock file says of what comes from an index which it is, before all else. In a manifest whatever stands there is another place, or the name of an index. */
function placeOf({ source }: Dependency, { isLock }: DependencyFile): Pick<AddedPackage, 'indexes' | 'elsewhere'> {
  if (source === null) return { indexes: [], elsewhere: null };
  const [first = ''] = source.split(' ');
  const isIndex = isLock && /^https?:\/\//i.test(first) && !/\.(?:tgz|tar|gz|bz2|xz|zip|whl|git)(?:[?#]|$)/i.test(first);
  return isIndex ? { indexes: [first], elsewhere: null } : { indexes: [], elsewhere: source };
}

/** Whether a lock file knows the content of an entry: then it was fetched once. */
export function isProven({ hashes }: Pick<Dependency, 'hashes'>): boolean {
  return hashes.length > 0 && hashes.every(isContentDigest);
}
