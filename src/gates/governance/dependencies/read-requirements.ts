import { declared, toldAddress, UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { pythonName, pythonRequirement } from './python-requirement.ts';

/**
 * Lines of pip: requirements with hashes and markers, addresses, editable ones, and indexes. What `-r` and `-c` name is a file of its own.
 * pip takes the long options by any beginning that is of no other.
 */
export function readRequirements(text: string): DependencyFacts {
  const dependencies: Dependency[] = [];
  const indexes: string[] = [];
  const included: string[] = [];
  refuseOtherEncoding(text);
  for (const line of logicalLines(text)) {
    const index = /^(?:-[if]|--(?:in|ex|fi|tr)[a-z-]{0,30}(?=[\s=]))[\s=]*(\S+)/.exec(line)?.[1];
    const editable = /^(?:-e|--ed[a-z]{0,30}(?=[\s=]))[\s=]*(\S.*)$/.exec(line)?.[1];
    const other = /^(?:-[rc]|--(?:requirem|c)[a-z]{0,30}(?=[\s=]))[\s=]*(\S.*)$/.exec(line)?.[1]?.replaceAll(/["']/g, '');
    if (index !== undefined) indexes.push(index);
    else if (other !== undefined) (other.includes('://') ? indexes : included).push(other);
    else if (editable !== undefined) dependencies.push(...fromAddress(editable));
    else if (!line.startsWith('-')) dependencies.push(...requirementOf(line));
  }
  return { dependencies, indexes, included };
}

/** pip takes a file in the encoding that one of its first two lines names: in another one comments may be requirements. */
function refuseOtherEncoding(text: string): void {
  const named = text.split(/\r\n?|\n/, 2).flatMap((line) => (line.startsWith('#') ? (/coding[:=]\s*([-\w.]+)/.exec(line)?.[1] ?? []) : []));
  if (named.some((name) => !/^(?:utf[-_]?8(?:[-_]sig)?|(?:us-)?ascii)$/i.test(name))) throw new UnreadDependencies('it says that it is of another encoding than UTF-8');
}

function requirementOf(line: string): readonly Dependency[] {
  const [wanted = '', ...options] = line.split(/\s--(?=[a-z])/);
  if (/^[^\s@;<>=!~[]{1,200}:\/\//.test(wanted) || /^[./]/.test(wanted)) return fromAddress(wanted);
  const hashes = options.flatMap((option) => /^hash[\s=]+(\S+)/.exec(option)?.[1] ?? []);
  return [{ ...pythonRequirement(wanted, 'requirements'), hashes }];
}

/** What lies in the repository itself is no dependency. */
function fromAddress(address: string): readonly Dependency[] {
  const [wanted = ''] = address.split(/\s/);
  if (!wanted.includes('://')) return [];
  const name = /[#&]egg=([A-Za-z0-9._-]+)/.exec(wanted)?.[1];
  return [declared(name === undefined ? toldAddress(wanted).slice(0, 200) : pythonName(name), 'requirements', wanted, wanted)];
}

/** As Python ends the lines of a text. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const lineEnd = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;

/** Without comments, and with what a backslash at its end continues: that of a comment continues nothing, and a comment ends what goes on before it. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string[] = [];
  for (const line of text.split(lineEnd)) {
    const isComment = /^\s*#/.test(line);
    open.push(isComment ? ` ${line}` : line.replace(/(?<!\\)\\+$/, ''));
    if (!isComment && line.endsWith('\\')) continue;
    lines.push(open.join(''));
    open = [];
  }
  return [...lines, open.join('')].map((line) => line.replace(/(?:^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}
