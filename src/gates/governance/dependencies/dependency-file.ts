export type Ecosystem = 'npm' | 'pypi';

export type DependencyFormat = 'package.json' | 'package-lock' | 'yarn-lock' | 'pnpm-lock' | 'pnpm-workspace' | 'bun-lock' | 'requirements' | 'pyproject' | 'python-lock' | 'pipfile' | 'pipfile-lock' | 'setup.cfg';

export interface DependencyFile {
  readonly ecosystem: Ecosystem;
  readonly format: DependencyFormat;
  /** Written by a program: lists what is installed, with what that brings in. */
  readonly isLock: boolean;
}

const named: ReadonlyMap<string, DependencyFile> = new Map([
  ['package.json', manifest('npm', 'package.json')],
  ['pnpm-workspace.yaml', manifest('npm', 'pnpm-workspace')],
  ['package-lock.json', lock('npm', 'package-lock')],
  ['npm-shrinkwrap.json', lock('npm', 'package-lock')],
  ['yarn.lock', lock('npm', 'yarn-lock')],
  ['pnpm-lock.yaml', lock('npm', 'pnpm-lock')],
  ['bun.lock', lock('npm', 'bun-lock')],
  ['bun.lockb', lock('npm', 'bun-lock')],
  ['pyproject.toml', manifest('pypi', 'pyproject')],
  ['setup.cfg', manifest('pypi', 'setup.cfg')],
  ['pipfile', manifest('pypi', 'pipfile')],
  ['pipfile.lock', lock('pypi', 'pipfile-lock')],
  ['poetry.lock', lock('pypi', 'python-lock')],
  ['uv.lock', lock('pypi', 'python-lock')],
  ['pylock.toml', lock('pypi', 'python-lock')],
]);

/** What a path says of dependencies, by its name; null for any other path, and for what is installed already. */
export function dependencyFileOf(path: string): DependencyFile | null {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  if (folders.includes('node_modules')) return null;
  const isRequirements = /\.(?:txt|in)$/.test(name) && (/requirements|constraints/.test(name) || folders.at(-1) === 'requirements');
  return named.get(name) ?? (isRequirements ? manifest('pypi', 'requirements') : null);
}

function manifest(ecosystem: Ecosystem, format: DependencyFormat): DependencyFile {
  return { ecosystem, format, isLock: false };
}

function lock(ecosystem: Ecosystem, format: DependencyFormat): DependencyFile {
  return { ecosystem, format, isLock: true };
}
