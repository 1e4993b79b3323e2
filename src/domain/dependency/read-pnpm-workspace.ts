import type { DependencyFacts } from './dependency.ts';
import { catalogsIn, pnpmNames } from './npm-names.ts';
import { yamlObject } from './yaml-object.ts';

/** Catalogs, which stand for ranges in the manifests of a workspace, and what the settings of pnpm name. */
export function readPnpmWorkspace(text: string): DependencyFacts {
  const value = yamlObject(text);
  return { dependencies: [...catalogsIn(value), ...pnpmNames(value)], indexes: [] };
}
