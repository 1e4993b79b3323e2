import { isPlainAddress } from './dependency.ts';
import { pythonName } from '../python-name.ts';
import { pythonVersion } from './python-version.ts';

/** Folders that are named by a digest, as PyPI, GitLab and devpi have them; a commit is shorter, and counts. */
const digestFolders = /(?:\/[0-9a-f]{2}){0,2}\/[0-9a-f]{60,64}$|\/[0-9a-f]{3}\/[0-9a-f]{13,29}$/;

/** Where a lock file gets a file of a package from: its address or path without what is another with each version. What is no file of exactly this version stays whole. */
export function pythonFilePlace(address: string, name: string, version: string): string {
  const [bare = ''] = address.split('#');
  const [folder, file] = divided(bare);
  if (!isPlain(address) || !isPythonFile(file, name, version)) return address;
  const [above, last] = divided(folder.replace(digestFolders, ''));
  const ofVersions = [version, `v${version}`].includes(last) ? above : `${above}/${last}`;
  const [ofAll, own] = divided(ofVersions);
  return pythonName(own) === name ? ofAll : ofVersions;
}

/** A path of the repository or the machine is plain where no program takes it for an address. */
function isPlain(address: string): boolean {
  return isPlainAddress(address) || /^[\w./+!~%-]+$/.test(address);
}

const sourceEnding = /\.(?:tar|tar\.(?:gz|bz2|xz|zst|lz|lzma|z)|tgz|tbz|txz|tlz|zip)$/i;

/**
 * Whether a file is by its name of this version of this package: a wheel (binary distribution format), or an sdist (PEP 625), which of old may have another spelling of both.
 * On one host files of all packages lie beside each other, and anybody may register a name that begins as another one does.
 */
export function isPythonFile(file: string, name: string, version: string): boolean {
  const told = file.replaceAll(/%2b/gi, '+').replaceAll('%21', '!');
  if (!/^[\w.+!-]{1,500}$/.test(told)) return false;
  const parts = told.endsWith('.whl') ? told.slice(0, -'.whl'.length).split('-') : sdistParts(told);
  const [ofName = '', ofVersion = ''] = parts;
  const isWhole = told.endsWith('.whl') ? parts.length === 5 || (parts.length === 6 && /^\d/.test(parts[2] ?? '')) : parts.length === 2;
  const wanted = pythonVersion(version);
  return isWhole && pythonName(ofName) === name && wanted !== null && pythonVersion(ofVersion) === wanted;
}

/** The last dash divides: what stands before it is all of the name. */
function sdistParts(file: string): readonly string[] {
  if (!sourceEnding.test(file)) return [];
  const stem = file.replace(sourceEnding, '');
  const at = stem.lastIndexOf('-');
  return at === -1 ? [] : [stem.slice(0, at), stem.slice(at + 1)];
}

function divided(path: string): readonly [string, string] {
  const at = path.lastIndexOf('/');
  return at === -1 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}
