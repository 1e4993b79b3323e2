import { toldLine, UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmSource } from './npm-source.ts';

interface Package {
  readonly name: string;
  readonly version: string;
  /** What it says of itself beside its key. */
  readonly said: Map<string, string>;
  /** As its lines say it; null as long as none does. */
  resolution: Map<string, string> | null;
}

const directLists = new Set(['dependencies', 'devDependencies', 'optionalDependencies']);
const blocks = new Set([...directLists, 'importers', 'packages', 'snapshots']);
const others = new Set(['lockfileVersion', 'settings', 'catalogs', 'overrides', 'packageExtensionsChecksum', 'pnpmfileChecksum', 'patchedDependencies', 'ignoredOptionalDependencies', 'neverBuiltDependencies', 'onlyBuiltDependencies', 'specifiers', 'time']);

/** By which pnpm asks for it in place of what its key says. */
const naming = new Set(['name', 'version', 'id']);
const snapshotFields = new Set(['dependencies', 'optionalDependencies', 'transitivePeerDependencies', 'optional', 'dev', 'patched']);
const packageFields = new Set([...snapshotFields, 'peerDependencies', 'peerDependenciesMeta', 'bundledDependencies', 'bundleDependencies', 'engines', 'cpu', 'os', 'libc', 'deprecated', 'hasBin', 'requiresBuild', 'prepare']);

/** As pnpm writes it, line by line. Anything that it would write otherwise is refused: a line reader must not be led past. */
export function readPnpmLock(text: string): DependencyFacts {
  const direct = new Set<string>();
  const packages: Package[] = [];
  let section = '';
  /** What deeper lines go on with; null: with nothing that matters. */
  let open: Map<string, string> | 'closed' | null = null;
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.trim() === '' || line.startsWith('#') || line === '---') continue;
    const indent = line.length - line.trimStart().length;
    if (indent > 4 && (section === 'packages' || section === 'snapshots')) {
      if (open === 'closed') throw unread(line);
      if (open !== null) addMember(open, memberOf(line));
      continue;
    }
    open = null;
    if (indent === 0) section = sectionOf(line);
    else if (section === 'importers' && indent === 6) direct.add(keyOf(line));
    else if (directLists.has(section) && indent === 2) direct.add(keyOf(line));
    else if (section === 'packages' && indent === 2) packages.push({ ...packageOf(headingOf(line)), said: new Map(), resolution: null });
    else if (section === 'packages') open = openField(packages.at(-1), line);
    else if (section === 'snapshots') readSnapshot(line, indent);
  }
  return { dependencies: packages.map((one) => dependencyOf(one, direct.has(one.name))), indexes: [] };
}

/** What packages of `packages` need here. pnpm would take whatever else one of them has from here too. */
function readSnapshot(line: string, indent: number): void {
  if (indent === 2) headingOf(line.replace(/ \{\}$/, ''));
  else if (indent !== 4 || !snapshotFields.has(keyOf(line))) throw unread(line);
}

function sectionOf(line: string): string {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]*):(.*)$/.exec(line) ?? [];
  const isBlock = blocks.has(name ?? '');
  if (name === undefined || !(isBlock ? ['', '{}'].includes((value ?? '').trim()) : others.has(name))) throw unread(line);
  return name;
}

/** A key with whatever stands behind it, which is no other key of its mapping: of what merges, or is merged elsewhere, its place tells nothing. */
function keyOf(line: string): string {
  const [, quoted, plain] = /^ +(?:'([^']+)'|([^\s'"{[&*!?][^\s]*?)):(?: (?![&*]).*)?$/.exec(line) ?? [];
  const key = quoted ?? plain;
  if (key === undefined || key === '<<') throw unread(line);
  return key;
}

/** A package with its fields on lines of their own. */
function headingOf(line: string): string {
  if (!line.endsWith(':')) throw unread(line);
  return keyOf(line);
}

/** `name@1.2.3(peer@4.5.6)`; with a slash before it in older forms, and one in place of the `@` in the oldest. */
function packageOf(key: string): { readonly name: string; readonly version: string } {
  const [bare = ''] = key.replace(/^\//, '').split('(');
  const [, name, version] = /^(@[^/@]+\/[^/@]+|[^/@]+)[@/](.*)$/.exec(bare) ?? [];
  return { name: name ?? bare, version: (version ?? bare).replace(/_.*$/, '') };
}

const flow = /^ {4}resolution: \{([^{}]*)\}$/;

/** @returns What the lines that follow go on with. */
function openField(last: Package | undefined, line: string): Map<string, string> | 'closed' | null {
  const key = line.startsWith('    ') ? keyOf(line) : '';
  if (last !== undefined && key === 'resolution') return openResolution(last, line);
  if (last !== undefined && naming.has(key)) {
    addMember(last.said, memberOf(`  ${line}`));
    return 'closed';
  }
  if (last === undefined || !packageFields.has(key)) throw unread(line);
  return null;
}

/** In one line or in those that follow, once. */
function openResolution(last: Package, line: string): Map<string, string> | 'closed' {
  const within = flow.exec(line)?.[1];
  if (last.resolution !== null || (within === undefined && line !== '    resolution:')) throw unread(line);
  last.resolution = new Map();
  if (within === undefined) return last.resolution;
  for (const member of within.split(', ')) addMember(last.resolution, memberOf(`      ${member}`));
  return 'closed';
}

function addMember(resolution: Map<string, string>, [name, value]: readonly [string, string]): void {
  if (resolution.has(name)) throw unread(name);
  resolution.set(name, value);
}

/** `name: value`, as plain text or in single quotes: in another spelling it may be another one. */
function memberOf(line: string): readonly [string, string] {
  const [, name, quoted, plain] = /^ {6}([A-Za-z]+): (?:'([^']*)'|(\w[^\s,'"{}]*))$/.exec(line) ?? [];
  const value = quoted ?? plain;
  if (name === undefined || value === undefined) throw unread(line);
  return [name, value];
}

/** Content of an index, perhaps with the address of its file, is known to be that; of anything else all counts that is said of it. */
function dependencyOf({ name, version, said, resolution }: Package, isDirect: boolean): Dependency {
  if (resolution === null) throw new UnreadDependencies('it has a package without a resolution');
  const { integrity, tarball, ...more } = Object.fromEntries(resolution);
  const isVersion = /^[\w.+-]*$/.test(version);
  const keyed = new Map([['name', name], ['version', version]]);
  const contrary = isVersion ? [...said].filter(([key, value]) => keyed.get(key) !== value) : [];
  const named = [tarball === undefined ? null : npmSource(tarball, { name, version }), ...[...Object.entries(more), ...contrary].map(([key, value]) => `${key}: ${value}`).toSorted()].filter((one) => one !== null);
  const places = named.length === 0 && !isVersion ? [version] : named;
  return { name, kind: 'lock', wanted: version, source: places.length === 0 ? null : places.join(' '), hashes: integrity === undefined ? [] : [integrity], isDirect };
}

function unread(line: string): UnreadDependencies {
  return new UnreadDependencies(`it has a line that pnpm would not write: ${toldLine(line)}`);
}
