import { isPlainAddress } from './dependency.ts';
import { pythonName } from '../../../domain/python-name.ts';

/** Folders that are named by a digest, as PyPI, GitLab and devpi have them; a commit is shorter, and counts. */
const digestFolders = /(?:\/[0-9a-f]{2}){0,2}\/[0-9a-f]{60,64}$|\/[0-9a-f]{3}\/[0-9a-f]{13,29}$/;

/** Where a lock file gets a file of a package from: its address without what is another with each version. What is no file of the package stays whole. */
export function pythonFilePlace(address: string, name: string, version: string): string {
  const [bare = ''] = address.split('#');
  const [folder, file] = divided(bare);
  if (!isPlainAddress(address) || !/^(?:[\w.+!-]|%2b|%21)+$/i.test(file) || !pythonName(file).startsWith(`${name}-`)) return address;
  const [above, last] = divided(folder.replace(digestFolders, ''));
  const ofVersions = [version, `v${version}`].includes(last) ? above : `${above}/${last}`;
  const [ofAll, own] = divided(ofVersions);
  return pythonName(own) === name ? ofAll : ofVersions;
}

function divided(path: string): readonly [string, string] {
  const at = path.lastIndexOf('/');
  return at === -1 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}
