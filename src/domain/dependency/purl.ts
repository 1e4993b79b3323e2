import { pythonName } from '../python-name.ts';
import type { Ecosystem } from './dependency-file.ts';

/** A package by its type (`npm`, `pypi`, `cargo`, …), as a package URL names it. */
export interface NamedPackage {
  readonly type: string;
  /** As its ecosystem compares names: of npm with its scope. */
  readonly name: string;
  readonly version: string | null;
}

/** `pkg:type/namespace/name@version?qualifiers#subpath` (the specification of package URLs); null for anything else. */
export function readPurl(text: string): NamedPackage | null {
  const [, type, path, version] = /^pkg:\/{0,2}([a-z][a-z\d.+-]{0,40})\/([^@?#]{1,500}|(?:[^?#]{0,300}\/)?@[^@?#]{1,300})(?:@([^?#]{1,300}))?(?:[?#]|$)/i.exec(text) ?? [];
  if (type === undefined || path === undefined) return null;
  const name = path.split('/').filter((part) => part !== '').map(decoded).join('/');
  const known = type.toLowerCase();
  return { type: known, name: known === 'pypi' ? pythonName(name) : name, version: version === undefined ? null : decoded(version) };
}

/** Without a version. */
export function purlOf(ecosystem: Ecosystem, name: string): string {
  return `pkg:${ecosystem}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
