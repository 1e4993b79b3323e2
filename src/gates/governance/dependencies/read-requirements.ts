import { declared, toldAddress } from './dependency.ts';
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

/** Without comments, and with what a backslash at its end continues. */
function logicalLines(text: string): readonly string[] {
  const joined = text.replaceAll(/\\\r?\n/g, ' ');
  return joined.split(/\r?\n/).map((line) => line.replace(/(?:^|\s)#[^\n]*$/, '').trim()).filter((line) => line !== '');
}
