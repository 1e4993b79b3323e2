import { join } from 'node:path';
import { packageIndexesSetting, usableIndex } from '../../config/package-indexes.ts';
import type { Environment, Setting } from '../../config/settings.ts';
import type { ReadText } from '../../config/text-or-file.ts';
import { readSettings } from '../../domain/dependency/read-settings.ts';
import type { SettingsFormat } from '../../domain/dependency/settings-file.ts';
import type { PackageIndexes } from '../../probes/packages/package-index.ts';

/** As the server is set, and where that says nothing, what files of this person set npm and pip to. Files of the repository are none of them. */
export function indexesOfPerson(environment: Environment, readText: ReadText): Setting<PackageIndexes> {
  const setting = packageIndexesSetting(environment);
  if (setting.kind === 'bad') return setting;
  const { npm, pypi } = setting.value;
  const isDevelopment = environment['PLUMBLINE_MODE'] === 'development';
  return { kind: 'good', value: { npm: npm ?? usableIndex(firstIn(npmFiles(environment), 'npmrc', /^registry$/, readText), isDevelopment), pypi: pypi ?? usableIndex(firstIn(pipFiles(environment), 'pip', /^(?:global|install|download)\.index-url$/, readText), isDevelopment) } };
}

function npmFiles({ HOME: home, NPM_CONFIG_USERCONFIG: named, npm_config_userconfig: lower }: Environment): readonly string[] {
  return [named ?? lower ?? (home === undefined ? '' : join(home, '.npmrc'))];
}

function pipFiles({ HOME: home = '', XDG_CONFIG_HOME: folder, PIP_CONFIG_FILE: named = '' }: Environment): readonly string[] {
  return [named, join(folder ?? join(home, '.config'), 'pip', 'pip.conf'), join(home, '.pip', 'pip.conf'), '/etc/pip.conf'];
}

/** Of the first file that says it. One that is not there, or can not be read, says nothing. */
function firstIn(paths: readonly string[], format: SettingsFormat, name: RegExp, readText: ReadText): string | null {
  for (const path of paths) {
    if (path === '') continue;
    try {
      const found = [...readSettings(readText(path), format)].find(([key]) => name.test(key));
      if (found !== undefined) return found[1];
    } catch {
      continue;
    }
  }
  return null;
}
