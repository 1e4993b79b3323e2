import { UnreadDependencies } from './dependency.ts';
import type { DependencyFacts } from './dependency.ts';
import type { DependencyFormat } from './dependency-file.ts';
import { readPackageJson, readPackageYaml } from './read-package-json.ts';
import { readPackageLock } from './read-package-lock.ts';
import { readPipfile, readPipfileLock } from './read-pipfile.ts';
import { readPnpmLock } from './read-pnpm-lock.ts';
import { readPnpmWorkspace } from './read-pnpm-workspace.ts';
import { readHatch, readPyproject } from './read-pyproject.ts';
import { readPdmLock, readPoetryLock, readPylock, readUvLock } from './read-python-lock.ts';
import { readRequirements } from './read-requirements.ts';
import { readSetupCfg } from './read-setup-cfg.ts';
import { readYarnLock } from './read-yarn-lock.ts';

export type DependencyReading = { readonly kind: 'facts'; readonly facts: DependencyFacts } | { readonly kind: 'unread'; readonly why: string };

const readers: Readonly<Record<DependencyFormat, (text: string) => DependencyFacts>> = {
  'package.json': readPackageJson,
  'package.yaml': readPackageYaml,
  'package-lock': readPackageLock,
  'yarn-lock': readYarnLock,
  'pnpm-lock': readPnpmLock,
  'pnpm-workspace': readPnpmWorkspace,
  requirements: readRequirements,
  pyproject: readPyproject,
  hatch: readHatch,
  'poetry-lock': readPoetryLock,
  'pdm-lock': readPdmLock,
  pylock: readPylock,
  'uv-lock': readUvLock,
  pipfile: readPipfile,
  'pipfile-lock': readPipfileLock,
  'setup.cfg': readSetupCfg,
  unread: refuse,
};

/** What a text names, by the format of its file. The libraries throw errors of their own, which may quote the text: they are not told. */
export function readDependencies(text: string, format: DependencyFormat): DependencyReading {
  try {
    return { kind: 'facts', facts: readers[format](text) };
  } catch (thrown) {
    return { kind: 'unread', why: thrown instanceof UnreadDependencies ? thrown.message : 'it is no file of its kind' };
  }
}

function refuse(): never {
  throw new UnreadDependencies('files of its kind are not read');
}
