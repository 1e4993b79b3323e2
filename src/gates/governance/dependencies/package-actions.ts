import type { Action } from '../../../domain/action/action.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import { positionsIn } from '../../../domain/document/position-at.ts';
import { quoted } from '../../../domain/finding.ts';
import { toldAddress } from '../../../domain/dependency/dependency.ts';
import type { ChangedFile, FileChanges, PackageChange, SourceChange } from './package-change.ts';

/** Packages of which each has an action of its own: more than that nobody looks at one by one. */
const singled = 100;

/** Names that an action lists; it counts the others, and has a digest over all. */
const listed = 50;

/** One action for each package that is asked for, with all the files that name it; and one for each file for all that comes along. @param gone Paths that the head has not: they have no place. */
export function packageActions(files: readonly ChangedFile[], { changes, sources }: FileChanges, gone: ReadonlySet<string>): readonly Action[] {
  const asked = new Set(changes.filter(({ isDirect }) => isDirect).map((change) => keyOf(change)));
  const groups = [...Map.groupBy(changes.filter((change) => asked.has(keyOf(change))), keyOf).values()];
  const places = placesIn(files);
  const single = groups.slice(0, singled).flatMap((group) => singleAction(group, places));
  const along = [...changes.filter((change) => !asked.has(keyOf(change))), ...groups.slice(singled).flat()];
  return [...single, ...fileActions(along, sources).map((action) => (gone.has(action.subject.path ?? '') ? { ...action, place: null } : action))];
}

function keyOf({ action, ecosystem, name }: PackageChange): string {
  return `${action} ${ecosystem}:${name}`;
}

function singleAction(group: readonly PackageChange[], placeOf: (path: string, name: string) => Action['place']): readonly Action[] {
  const [first] = group;
  if (first === undefined) return [];
  const paths = unique(group.map(({ path }) => path)).toSorted();
  const found = { from: unique(group.flatMap(({ from }) => from)), to: unique(group.map(({ to }) => to)), kinds: unique(group.map(({ kind }) => kind)), sources: unique(group.flatMap(({ source }) => source ?? [])) };
  return [{
    action: first.action,
    tier: 2,
    subject: { package: `${first.ecosystem}:${first.name.slice(0, 214)}`, path: first.path },
    paths,
    why: first.action === 'dependency.add' ? `The package ${quoted(first.name)} is added (${first.to === '' ? 'in any version' : quoted(toldAddress(first.to))}).` : `The package ${quoted(first.name)} goes from ${quoted(toldAddress(found.from[0] ?? ''))} to another major version (${quoted(toldAddress(first.to))}).`,
    evidence: { from: cut(found.from), to: cut(found.to), kinds: cut(found.kinds), sources: cut(found.sources) },
    place: placeOf(first.path, first.name),
    finding: null,
    remedy: first.action === 'dependency.add' ? 'Leave the package out and use what the project has.' : 'Stay within the major version that the project has.',
  }];
}

/** What comes along with others, and what comes from elsewhere now. */
function fileActions(along: readonly PackageChange[], sources: readonly SourceChange[]): readonly Action[] {
  const paths = unique([...along.map(({ path }) => path), ...sources.map(({ path }) => path)]).toSorted();
  const [alongAt, sourcesAt] = [Map.groupBy(along, ({ path }) => path), Map.groupBy(sources, ({ path }) => path)];
  return paths.flatMap((path) => {
    const here = alongAt.get(path) ?? [];
    const namesOf = (action: PackageChange['action']) => unique(here.filter((one) => one.action === action).map(({ ecosystem, name, to }) => `${ecosystem}:${name}@${to}`)).toSorted();
    const elsewhere = unique((sourcesAt.get(path) ?? []).map(({ what }) => what)).toSorted();
    return [...fileAction('dependency.add', path, namesOf('dependency.add'), elsewhere), ...fileAction('dependency.bump_major', path, namesOf('dependency.bump_major'), [])];
  });
}

function fileAction(action: PackageChange['action'], path: string, names: readonly string[], elsewhere: readonly string[]): readonly Action[] {
  if (names.length + elsewhere.length === 0) return [];
  const parts = [
    ...(names.length === 0 ? [] : [`${action === 'dependency.add' ? 'brings in' : 'takes to another major version'} ${names.length} packages that others need, or more than are told one by one`]),
    ...(elsewhere.length === 0 ? [] : [`gets ${elsewhere.length} packages from elsewhere or with another content than before`]),
  ];
  return [{
    action,
    tier: 2,
    subject: { path },
    paths: [path],
    why: `${quoted(path)} ${parts.join(', and ')}.`,
    evidence: { packages: counted(names), elsewhere: counted(elsewhere) },
    place: { path, line: 1, column: 1 },
    finding: null,
    remedy: elsewhere.length > 0 ? 'Install again from the index that the file named before, and commit what that writes.' : 'Leave out the packages that bring these in.',
  }];
}

function counted(names: readonly string[]): { readonly count: number; readonly names: readonly string[]; readonly digest: string } {
  return { count: names.length, names: cut(names), digest: digestOfValue(names) };
}

function cut(texts: readonly string[]): readonly string[] {
  return texts.slice(0, listed).map(toldAddress).map((text) => (text.length <= 200 ? text : `${text.slice(0, 199)}…`));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Where a name stands first in a file; its lines are looked for once. */
function placesIn(files: readonly ChangedFile[]): (path: string, name: string) => Action['place'] {
  const texts = new Map(files.map(({ path, text }) => [path, { text, position: positionsIn(text) }]));
  return (path, name) => {
    const file = texts.get(path);
    const at = file?.text.indexOf(name) ?? -1;
    return { path, ...(file?.position(Math.max(at, 0)) ?? { line: 1, column: 1 }) };
  };
}
