export type Ecosystem = 'npm' | 'pypi';

/** `unread`: nothing here reads it, so that it may name any package. */
export type DependencyFormat = 'package.json' | 'package.yaml' | 'package-lock' | 'yarn-lock' | 'pnpm-lock' | 'pnpm-workspace' | 'requirements' | 'pyproject' | 'hatch' | 'poetry-lock' | 'pdm-lock' | 'pylock' | 'uv-lock' | 'pipfile' | 'pipfile-lock' | 'setup.cfg' | 'unread';

export interface DependencyFile {
  readonly ecosystem: Ecosystem;
  readonly format: DependencyFormat;
  /** Written by a program: lists what is installed, with what that brings in. */
  readonly isLock: boolean;
}

const named: ReadonlyMap<string, DependencyFile> = new Map([
  ['package.json', manifest('npm', 'package.json')],
  ['package.yaml', manifest('npm', 'package.yaml')],
  ['package.json5', manifest('npm', 'unread')],
  ['pnpm-workspace.yaml', manifest('npm', 'pnpm-workspace')],
  ['package-lock.json', lock('npm', 'package-lock')],
  ['npm-shrinkwrap.json', lock('npm', 'package-lock')],
  ['yarn.lock', lock('npm', 'yarn-lock')],
  ['pnpm-lock.yaml', lock('npm', 'pnpm-lock')],
  ['bun.lock', lock('npm', 'unread')],
  ['bun.lockb', lock('npm', 'unread')],
  ['pyproject.toml', manifest('pypi', 'pyproject')],
  ['hatch.toml', manifest('pypi', 'hatch')],
  ['setup.cfg', manifest('pypi', 'setup.cfg')],
  ['pipfile', manifest('pypi', 'pipfile')],
  ['pipfile.lock', lock('pypi', 'pipfile-lock')],
  ['poetry.lock', lock('pypi', 'poetry-lock')],
  ['pdm.lock', lock('pypi', 'pdm-lock')],
  ['uv.lock', lock('pypi', 'uv-lock')],
]);

/** What a path says of dependencies, by its name; null for any other path, and for what is installed already. */
export function dependencyFileOf(path: string): DependencyFile | null {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  if (folders.includes('node_modules')) return null;
  return named.get(name) ?? namedFreely(name, folders.at(-1));
}

/** Of a branch, of a group, of a script: what has a name of its own within. */
function namedFreely(name: string, folder: string | undefined): DependencyFile | null {
  if (/^pylock\.(?:.+\.)?toml$/.test(name)) return lock('pypi', 'pylock');
  if (name.endsWith('.py.lock')) return lock('pypi', 'uv-lock');
  if (/^pnpm-lock\..+\.yaml$/.test(name)) return lock('npm', 'pnpm-lock');
  const isRequirements = /\.(?:txt|in)$/.test(name) && (/requirements|constraints/.test(name) || folder === 'requirements');
  return isRequirements ? manifest('pypi', 'requirements') : null;
}

function manifest(ecosystem: Ecosystem, format: DependencyFormat): DependencyFile {
  return { ecosystem, format, isLock: false };
}

function lock(ecosystem: Ecosystem, format: DependencyFormat): DependencyFile {
  return { ecosystem, format, isLock: true };
}
