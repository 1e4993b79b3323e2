import { isJsonObject } from '../json-value.ts';
import type { WorkspacePackage } from './workspace-package.ts';

const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Whether a manifest of the repository asks for the package of a name that code imports. */
export function isAskedFor(packages: readonly WorkspacePackage[], specifier: string): boolean {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return packages.some(({ manifest }) => lists.some((list) => isJsonObject(manifest[list]) && Object.hasOwn(manifest[list], name)));
}
