import type { Dependency } from './dependency.ts';
import { pnpmKey } from './pnpm-key.ts';

/** What an importer or a package gets by a name. */
export interface PnpmReference {
  readonly key: string;
  /** A version of the package of that name, the key of another one, or a folder. */
  readonly wanted: string;
  /** From which a folder is named. */
  readonly folder: string;
  readonly isDirect: boolean;
}

/** Folders and packages of another name that answer to a name, and the names of all packages that are asked for. A key that no package has is told as it stands. */
export function pnpmReferences(references: readonly PnpmReference[], packages: readonly Dependency[]): { readonly answers: readonly Dependency[]; readonly asked: readonly string[] } {
  const byKey = new Map(packages.map((one) => [keyOf(one), one]));
  const answers = new Map<string, Dependency>();
  const asked = new Set<string>();
  for (const { key, wanted, folder, isDirect } of references) {
    const [bare = ''] = wanted.split('(');
    const answer = bare.startsWith('link:') ? folderAt(key, bare, folder) : answerOf(key, bare, byKey);
    if (answer?.place === undefined) asked.add(answer?.name ?? key);
    if (answer !== null) answers.set(`${key} ${wanted} ${folder}`, { ...answer, isDirect });
  }
  return { answers: [...answers.values()], asked: [...asked] };
}

function keyOf({ name, wanted }: Pick<Dependency, 'name' | 'wanted'>): string {
  return `${name} ${wanted}`;
}

function folderAt(key: string, link: string, folder: string): Dependency {
  const path = link.slice('link:'.length);
  return { name: key, kind: 'lock', wanted: link, source: link, hashes: [], isDirect: false, place: folder === '.' || /^[/\\~]|^[a-z]:/i.test(path) ? path : `${folder}/${path}` };
}

/** Null for the package of that name. */
function answerOf(key: string, bare: string, byKey: ReadonlyMap<string, Dependency>): Dependency | null {
  const target = pnpmKey(bare);
  if (target.name === key) return null;
  const found = byKey.get(keyOf({ name: target.name, wanted: target.version }));
  if (found !== undefined) return { ...found, key };
  const isOwn = /^\d[\w.+-]*(?:_[^]*)?$/.test(bare) || byKey.has(keyOf({ name: key, wanted: bare }));
  return isOwn ? null : { name: key, kind: 'lock', wanted: bare, source: bare, hashes: [], isDirect: false };
}
