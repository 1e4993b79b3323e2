import { hostOf, UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';

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
    else if (section === 'packages' && indent < 4) throw new UnreadDependencies(`it has a line that pnpm would not write: ${JSON.stringify(line.slice(0, 40))}`);
    else if (section === 'packages' && indent === 4 && line.startsWith('    resolution:')) addResolution(packages, line);
    else if (section === 'packages' && indent > 4) addResolution(packages, line);
  }
  return { dependencies: packages.map((one) => dependencyOf(one, direct.has(one.name))), indexes: [] };
}

function sectionOf(line: string): string {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]*):(.*)$/.exec(line) ?? [];
  const isBlock = name === 'packages' || name === 'importers' || directLists.has(name ?? '');
  if (name === undefined || (isBlock && !['', '{}'].includes((value ?? '').trim()))) throw new UnreadDependencies(`it has a line that pnpm would not write: ${JSON.stringify(line.slice(0, 40))}`);
  return name;
}

function keyOf(line: string): string {
  const [, quoted, plain] = /^ +(?:'([^']+)'|([^\s'"{[&*!][^\s]*?)):(?: .*)?$/.exec(line) ?? [];
  const key = quoted ?? plain;
  if (key === undefined) throw new UnreadDependencies(`it has a line that pnpm would not write: ${JSON.stringify(line.slice(0, 40))}`);
  return key;
}

/** `name@1.2.3(peer@4.5.6)`; with a slash before it in older forms, and one in place of the `@` in the oldest. */
function packageOf(key: string): { readonly name: string; readonly version: string } {
  const [bare = ''] = key.replace(/^\//, '').split('(');
  const [, name, version] = /^(@[^/@]+\/[^/@]+|[^/@]+)[@/](.*)$/.exec(bare) ?? [];
  return { name: name ?? bare, version: (version ?? '').replace(/_.*$/, '') };
}

function addResolution(packages: readonly Package[], line: string): void {
  const last = packages.at(-1);
  if (last !== undefined && /resolution:|integrity:|tarball:|repo:/.test(line)) last.resolution += ` ${line.trim()}`;
}

function dependencyOf({ name, version, resolution }: Package, isDirect: boolean): Dependency {
  const elsewhere = /(?:tarball|repo): ?'?([^\s,}']+)/.exec(resolution)?.[1] ?? (/^(?:https?|git|file|link)[+:]/.test(version) ? version : null);
  const integrity = /integrity: ?'?([^\s,}']+)/.exec(resolution)?.[1];
  return { name, kind: 'lock', wanted: version, source: elsewhere === null ? null : hostOf(elsewhere), hashes: integrity === undefined ? [] : [integrity], isDirect };
}
