import { UnreadDependencies } from './dependency.ts';

/** `source`: where packages come from. `file`: another list of them. `setting`: of how one is built. `value`, `flag`: of how pip chooses. */
type OptionKind = 'source' | 'file' | 'editable' | 'hash' | 'setting' | 'value' | 'flag';

export interface RequirementOption {
  readonly kind: OptionKind;
  /** As pip has it in full. */
  readonly name: string;
  /** Empty for a flag. */
  readonly value: string;
}

const long: ReadonlyMap<string, OptionKind> = new Map([
  ...['index-url', 'pypi-url', 'extra-index-url', 'find-links', 'trusted-host'].map((name) => [name, 'source'] as const),
  ...['requirement', 'constraint'].map((name) => [name, 'file'] as const),
  ['editable', 'editable'],
  ['hash', 'hash'],
  ...['config-settings', 'global-option'].map((name) => [name, 'setting'] as const),
  ...['no-binary', 'only-binary', 'all-releases', 'only-final', 'use-feature'].map((name) => [name, 'value'] as const),
  ...['no-index', 'pre', 'prefer-binary', 'require-hashes', 'no-require-hashes'].map((name) => [name, 'flag'] as const),
]);

const short: ReadonlyMap<string, string> = new Map([['i', 'index-url'], ['f', 'find-links'], ['r', 'requirement'], ['c', 'constraint'], ['e', 'editable'], ['C', 'config-settings']]);

/**
 * All options of a line, as pip takes them: its `shlex`, then its `optparse`.
 * @throws UnreadDependencies For whatever is not known, and where programs differ: what is passed over here another may install.
 */
export function requirementOptions(text: string): readonly RequirementOption[] {
  const options: RequirementOption[] = [];
  const tokens = tokensOf(text).values();
  for (const token of tokens) {
    if (token === ';' && options.at(-1)?.kind === 'editable') return [...options, ...marker(tokens)];
    options.push(optionOf(token, () => tokens.next().value));
  }
  return options;
}

/** With quotes as a shell has them. What a backslash does there programs do not agree on. */
function tokensOf(text: string): readonly string[] {
  const tokens = text.match(/(?:[^\s"'\\]+|"[^"\\]*"|'[^'\\]*')+|[^ \t]/g) ?? [];
  if (tokens.some((token) => /^[\s"'\\]$/.test(token))) throw unread('with a backslash, a quote that does not end, or another blank');
  return tokens.map((token) => token.replaceAll(/["']/g, ''));
}

function optionOf(token: string, next: () => string | undefined): RequirementOption {
  const [, written = '', attached] = /^--([^=]+)(?:=([^]*))?$/.exec(token) ?? /^-([A-Za-z])([^=][^]*)?$/.exec(token) ?? [];
  const name = token.startsWith('--') ? longName(written) : short.get(written);
  const kind = name === undefined ? undefined : long.get(name);
  if (name === undefined || kind === undefined) throw unread('that is not known');
  if (kind === 'flag' && attached === undefined) return { kind, name, value: '' };
  const value = kind === 'flag' ? '' : (attached ?? next() ?? '');
  if (value === '' || (attached === undefined && value.startsWith('-'))) throw unread('with another value than it has');
  return { kind, name, value };
}

/** pip takes any beginning that is of no other. */
function longName(written: string): string | undefined {
  const [only, ...others] = [...long.keys()].filter((one) => one.startsWith(written));
  return long.has(written) ? written : others.length > 0 ? undefined : only;
}

/** A condition behind what is editable. pip passes over its words, and would take an option among them. */
function marker(words: Iterable<string>): readonly [] {
  if ([...words].some((word) => word.startsWith('-'))) throw unread('behind a condition');
  return [];
}

function unread(what: string): UnreadDependencies {
  return new UnreadDependencies(`it has an option ${what}`);
}
