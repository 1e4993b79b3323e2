import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';

/** Whether a lock file is for one script alone, whatever else stands beside it. @param name Of the file, in small letters. */
export function isOfScript(name: string): boolean {
  return name.endsWith('.py.lock');
}

/** What pip-tools writes a list of requirements with digests from; null for any other file. @param name In small letters. */
export function pipToolsSource(name: string): string | null {
  return name.endsWith('.txt') ? `${name.slice(0, -'.txt'.length)}.in` : null;
}

/** What a lock file is for, by its name: the manifest that stands beside it, and whatever else says that there is a project. */
export function manifestsOf(name: string): readonly string[] {
  if (isOfScript(name)) return [name.slice(0, -'.lock'.length)];
  if (name === 'pipfile.lock') return ['Pipfile'];
  if (dependencyFileOf(name)?.ecosystem !== 'npm') return ['pyproject.toml'];
  return ['package.json', 'package.yaml', 'package.json5', ...(name.startsWith('pnpm-lock.') ? ['pnpm-workspace.yaml'] : [])];
}
