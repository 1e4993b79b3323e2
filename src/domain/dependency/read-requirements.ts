import { declared, toldAddress, UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { pythonName } from '../python-name.ts';
import { pythonRequirement } from './python-requirement.ts';
import { requirementOptions } from './requirement-options.ts';
import type { RequirementOption } from './requirement-options.ts';
import { requirementForm } from './requirement-form.ts';

/** Lines of pip: requirements with hashes and markers, addresses, editable ones, and indexes. What `-r` and `-c` name is a file of its own. */
export function readRequirements(text: string): DependencyFacts {
  refuseOtherEncoding(text);
  const [options, requirements] = [true, false].map((isOption) => logicalLines(text).filter((line) => line.startsWith('-') === isOption));
  const given = (options ?? []).flatMap(requirementOptions);
  const valuesOf = (kind: string) => given.flatMap((option) => (option.kind === kind ? option.value : []));
  const [addresses, included] = [true, false].map((isAddress) => valuesOf('file').filter((name) => isElsewhere(name) === isAddress));
  return {
    dependencies: [...(requirements ?? []).map(requirementOf), ...valuesOf('editable').map(editableOf)].flat(),
    indexes: [...indexesOf(given), ...(addresses ?? [])],
    included: included ?? [],
  };
}

/** One kind after the other, as pip does: the last main index counts, and none with `--no-index`. */
function indexesOf(given: readonly RequirementOption[]): readonly string[] {
  const all = given.map((option) => ({ ...option, name: option.name === 'pypi-url' ? 'index-url' : option.name }));
  const valuesOf = (name: string) => all.flatMap((option) => (option.name === name ? option.value : []));
  const others = ['extra-index-url', 'find-links', 'trusted-host'].flatMap((name) => valuesOf(name).map((value) => `${value} (${name})`));
  return [...valuesOf('index-url'), ...others, ...valuesOf('no-index').map(() => '(no-index)')];
}

/** pip takes a file in the encoding that one of its first two lines names, and knows no other end of those: in another one comments may be requirements. */
function refuseOtherEncoding(text: string): void {
  const named = text.split('\n', 2).flatMap((line) => (line.startsWith('#') ? (/coding[:=]\s*([-\w.]+)/.exec(line)?.[1] ?? []) : []));
  if (named.some((name) => !/^(?:utf[-_]?8(?:[-_]sig)?|(?:us-)?ascii)$/i.test(name))) throw new UnreadDependencies('it says that it is of another encoding than UTF-8');
}

/** Another file must be one whose content can be told, or an address. */
function isElsewhere(name: string): boolean {
  if (/^file:|\$\{/i.test(name)) throw new UnreadDependencies('it names a file by an address or by the environment');
  return name.includes('://') || /^https?:/i.test(name);
}

function requirementOf(line: string): readonly Dependency[] {
  const end = line.search(/[ \t]-/);
  const [wanted, options] = end === -1 ? [line, []] : [line.slice(0, end), requirementOptions(line.slice(end))];
  if (options.some(({ kind }) => kind !== 'hash' && kind !== 'setting')) throw new UnreadDependencies('it has an option behind a requirement that is of none');
  if (/^[^\s@;<>=!~[]{1,200}:\/\//.test(wanted)) return [fromAddress(wanted)];
  if (/^[./]/.test(wanted)) return [wanted.includes('://') ? fromAddress(wanted) : fromPath(wanted)];
  return [{ ...pythonRequirement(wanted, 'requirements'), hashes: options.flatMap(({ kind, value }) => (kind === 'hash' ? value : [])) }];
}

function editableOf(value: string): readonly Dependency[] {
  if (!value.includes(':')) return [fromPath(value)];
  return [/^[a-z][a-z0-9+.-]*:/i.test(value) ? fromAddress(value) : pythonRequirement(value, 'requirements')];
}

function fromAddress(address: string): Dependency {
  const [wanted = ''] = address.split(/\s/);
  const name = /[#&]egg=([A-Za-z0-9._-]+)/.exec(wanted)?.[1];
  return declared(name === undefined ? toldAddress(wanted).slice(0, 200) : pythonName(name), 'requirements', wanted, wanted);
}

/** `./a/b[extra] ; marker`. A text with a part of another form is from elsewhere. */
function fromPath(text: string): Dependency {
  const [, path = '', extras = '', marker = ''] = /^([^\s[\];]{1,2000})(?:\[([^\]]{0,1000})\])?[ \t]{0,20}(?:;(.*))?$/.exec(text) ?? [];
  const isLocal = path !== '' && [path, `./${path}`].some(requirementForm.isPath) && extras.split(',').every((one) => one.trim() === '' || requirementForm.isName(one.trim())) && requirementForm.isMarker(marker);
  return { ...declared(text.slice(0, 200), 'requirements', text, text), ...(isLocal ? { place: path } : {}) };
}

/** As Python ends the lines of a text. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const lineEnd = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;

/** Blanks of Python alone, and of JavaScript alone. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const otherBlank = /[\u001f\ufeff]/;

/** Without comments, and with what a backslash at its end continues: that of a comment continues nothing, and a comment ends what goes on before it. */
function logicalLines(text: string): readonly string[] {
  if (otherBlank.test(text)) throw new UnreadDependencies('it has a character that is a blank for some programs only');
  const lines: string[] = [];
  let open: string[] = [];
  for (const line of text.split(lineEnd)) {
    const isComment = /^\s*#/.test(line);
    const isOpen = !isComment && line.endsWith('\\');
    open.push(isComment ? ` ${line}` : isOpen ? line.replace(/^\\+/, '').replace(/(?<!\\)\\+$/, '') : line);
    if (isOpen) continue;
    lines.push(open.join(''));
    open = [];
  }
  return [...lines, open.join('')].map((line) => line.replace(/(?:^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}
