import { UnreadDependencies } from './dependency.ts';
import type { DependencyFacts } from './dependency.ts';
import { pythonIniValues } from './python-ini.ts';
import type { IniValue } from './python-ini.ts';
import { pythonRequirement } from './python-requirement.ts';

const lists = ['install-requires', 'setup-requires', 'tests-require'];

/** Ends of lines to setuptools, but not to the file. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const otherLineEnd = /[\v\f\u001c-\u001e\u0085\u2028\u2029]/;

/** Keys of `[options]`, and every key of `[options.extras_require]`, with the lines that belong to them, and the files that they name instead. */
export function readSetupCfg(text: string): DependencyFacts {
  if (otherLineEnd.test(text)) throw new UnreadDependencies('it has other ends of lines');
  const values = pythonIniValues(text);
  const wanted = values.filter(({ section, key }) => (isOptions(section) ? lists.includes(key) : section === 'options.extras_require'));
  const [files, named] = [true, false].map((isFile) => wanted.filter(({ value }) => isFiles(value) === isFile));
  return {
    dependencies: (named ?? []).flatMap(({ section, value }) => requirementsOf(value).map((one) => pythonRequirement(one, section))),
    indexes: values.filter(isOfIndexes).flatMap(({ value }) => parts(value, /[\s,]/)),
    included: (files ?? []).flatMap(({ value }) => parts(value.trim().slice('file:'.length), ',')),
  };
}

/** Commands that fetch packages take these, with one address or many; others pass over them. */
const commands = ['easy_install', 'develop', 'default'];

function isOfIndexes({ section, key }: IniValue): boolean {
  return (isOptions(section) && key === 'dependency-links') || (commands.includes(section) && ['index-url', 'find-links'].includes(key));
}

/** What stands in `[DEFAULT]` stands in every section. */
function isOptions(section: string): boolean {
  return section === 'options' || section === 'default';
}

function isFiles(value: string): boolean {
  return value.trim().startsWith('file:');
}

/** One a line; within one line `;` divides them. A backslash goes on with the next one. */
function requirementsOf(value: string): readonly string[] {
  if (value.includes('\\')) throw new UnreadDependencies('it has a backslash in a list of requirements');
  return parts(value, value.includes('\n') ? '\n' : ';');
}

function parts(value: string, divider: string | RegExp): readonly string[] {
  return value.split(divider).map((part) => part.trim()).filter((part) => part !== '');
}
