import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmSource } from './npm-source.ts';

interface Package {
  readonly name: string;
  readonly version: string;
  resolution: string;
}

const directLists = new Set(['dependencies', 'devDependencies', 'optionalDependencies']);

/** As pnpm writes it, line by line. Anything that it would write otherwise is refused: a line reader must not be led past. */
export function readPnpmLock(text: string): DependencyFacts {
  const direct = new Set<string>();
  const packages: Package[] = [];
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#') || line === '---') continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) section = sectionOf(line);
    else if (section === 'importers' && indent === 6) direct.add(keyOf(line));
    else if (directLists.has(section) && indent === 2) direct.add(keyOf(line));
    else if (section === 'packages' && indent === 2) packages.push({ ...packageOf(keyOf(line)), resolution: '' });
    else if (section === 'packages' && indent < 4) throw unread(line);
    else if (section === 'packages' && indent === 4 && keyOf(line) === 'resolution') addResolution(packages, resolutionOf(line));
    else if (section === 'packages' && indent > 4) addResolution(packages, line);
  }
  return { dependencies: packages.map((one) => dependencyOf(one, direct.has(one.name))), indexes: [] };
}

function sectionOf(line: string): string {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]*):(.*)$/.exec(line) ?? [];
  const isBlock = name === 'packages' || name === 'importers' || directLists.has(name ?? '');
  if (name === undefined || (isBlock && !['', '{}'].includes((value ?? '').trim()))) throw unread(line);
  return name;
}

function keyOf(line: string): string {
  const [, quoted, plain] = /^ +(?:'([^']+)'|([^\s'"{[&*!][^\s]*?)):(?: .*)?$/.exec(line) ?? [];
  const key = quoted ?? plain;
  if (key === undefined) throw unread(line);
  return key;
}

/** `name@1.2.3(peer@4.5.6)`; with a slash before it in older forms, and one in place of the `@` in the oldest. */
function packageOf(key: string): { readonly name: string; readonly version: string } {
  const [bare = ''] = key.replace(/^\//, '').split('(');
  const [, name, version] = /^(@[^/@]+\/[^/@]+|[^/@]+)[@/](.*)$/.exec(bare) ?? [];
  return { name: name ?? bare, version: (version ?? '').replace(/_.*$/, '') };
}

/** In one line or in those that follow. In another spelling its keys would not be seen. */
function resolutionOf(line: string): string {
  if (!/^ {4}resolution:(?: \{(?!.*<<)[^"\\]*\})?$/.test(line)) throw unread(line);
  return line;
}

function addResolution(packages: readonly Package[], line: string): void {
  if (/^ +(?:<<|\?|"[^"]*\\)/.test(line)) throw unread(line);
  const last = packages.at(-1);
  if (last !== undefined && /(?:integrity|tarball|repo|commit)['"]? *:/.test(line)) last.resolution += ` ${line.trim()}`;
}

/** All that a resolution names counts: which of them is fetched depends on the others. */
function dependencyOf({ name, version, resolution }: Package, isDirect: boolean): Dependency {
  const named = valuesOf(resolution, 'tarball|repo|commit');
  const places = named.length === 0 && /^(?:https?|git|file|link)[+:]/.test(version) ? [version] : named;
  return { name, kind: 'lock', wanted: version, source: places.length === 0 ? null : places.map((one) => npmSource(one, name)).join(' '), hashes: valuesOf(resolution, 'integrity'), isDirect };
}

function valuesOf(resolution: string, keys: string): readonly string[] {
  return [...resolution.matchAll(new RegExp(`(?:${keys})['"]? *: *['"]?([^\\s,}'"]+)`, 'g'))].map(([, value = '']) => value);
}

function unread(line: string): UnreadDependencies {
  return new UnreadDependencies(`it has a line that pnpm would not write: ${JSON.stringify(line.slice(0, 40))}`);
}
