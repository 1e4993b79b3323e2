import type { DependencyFacts } from './dependency.ts';
import { pythonIniLines } from './python-ini.ts';
import { pythonRequirement } from './python-requirement.ts';

const lists = ['install-requires', 'setup-requires', 'tests-require'];

/** Keys of `[options]`, and every key of `[options.extras_require]`, with the lines that belong to them, and the files that they name instead. */
export function readSetupCfg(text: string): DependencyFacts {
  const lines = pythonIniLines(text).filter(({ value }) => value !== '');
  const wanted = lines.filter(({ section, key }) => (isOptions(section) ? lists.includes(key) : section === 'options.extras_require'));
  const [files, named] = [true, false].map((isFile) => wanted.filter(({ value }) => value.startsWith('file:') === isFile));
  return {
    dependencies: (named ?? []).map(({ section, value }) => pythonRequirement(value, section)),
    indexes: lines.filter(({ section, key }) => isOptions(section) && key === 'dependency-links').map(({ value }) => value),
    included: (files ?? []).flatMap(({ value }) => value.slice('file:'.length).split(',').map((name) => name.trim()).filter((name) => name !== '')),
  };
}

/** What stands in `[DEFAULT]` stands in every section. */
function isOptions(section: string): boolean {
  return section === 'options' || section === 'default';
}
