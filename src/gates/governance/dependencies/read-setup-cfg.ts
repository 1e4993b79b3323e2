import type { Dependency, DependencyFacts } from './dependency.ts';
import { pythonRequirement } from './python-requirement.ts';

const lists = ['install_requires', 'setup_requires', 'tests_require'];

/** Keys of `[options]`, and every key of `[options.extras_require]`, with the lines that belong to them. */
export function readSetupCfg(text: string): DependencyFacts {
  const dependencies: Dependency[] = [];
  let [section, key] = ['', ''];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const heading = /^\[([^\]]*)\]/.exec(line)?.[1];
    const [, name, value] = /^([^\s=:][^=:]*?)\s{0,20}[=:](.*)$/.exec(line) ?? [];
    if (heading !== undefined) [section, key] = [heading.trim(), ''];
    else if (name !== undefined) key = name.trim();
    const wanted = (heading !== undefined ? '' : /^\s/.test(line) ? line : (value ?? '')).trim();
    const isList = section === 'options' ? lists.includes(key) : section === 'options.extras_require';
    if (isList && wanted !== '') dependencies.push(pythonRequirement(wanted, section));
  }
  return { dependencies, indexes: [] };
}
