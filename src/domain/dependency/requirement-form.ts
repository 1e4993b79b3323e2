import { pythonName } from '../python-name.ts';

/** A name of a package, of an extra, of a group (PEP 508). */
const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?$/;

/** A range in the forms of PEP 440 and of Poetry, in one line. */
const range = /^[\w.+!*^~<>=|, \t-]*$/;

const markerPart = /[()]|[<>=!~]{1,3}|[a-z][a-z._]*|'[\w .,+*-]*'|"[\w .,+*-]*"/g;

/** A folder or an archive by its path, which pip takes for nothing else: with a point before it, or a slash within. */
const path = /^(?:\.{1,2}|(?:[\w.~+-]{0,200}\/)+[\w.~+-]{0,200})$/;

/**
 * The parts of which a line for pip is made, each in exactly the form that it has. Programs write them one behind the other into that line
 * as they stand: a part of any other form may be an address, an option, a comment or the end of the line to pip. A blank with a dash begins an option.
 */
export const requirementForm = {
  isName: (text: string): boolean => name.test(text),
  isRange: (text: string): boolean => range.test(text) && !/[ \t]-/.test(text),
  isMarker: (text: string): boolean => !/[ \t]-/.test(text) && /^[ \t]*$/.test(text.replaceAll(markerPart, '')),
  isPath: (text: string): boolean => path.test(text) && !text.startsWith('-'),
  /** Without a blank, so that nothing else begins behind it. */
  isAddress: (text: string): boolean => /^[A-Za-z][^\s"'\\<>`{}]*$/.test(text),
} as const;

/** What a marker asks of where something is installed (PEP 508), which programs take for fields of a table, too. */
export const markerVariables = ['os_name', 'sys_platform', 'platform_machine', 'platform_python_implementation', 'platform_release', 'platform_system', 'platform_version', 'python_version', 'python_full_version', 'implementation_name', 'implementation_version'] as const;

/** Repositories that pip fetches from, as they are named before an address and as a field of a table. */
export const repositoryKinds = ['git', 'hg', 'svn', 'bzr'] as const;

/** A list of extras as it stands in a table; null for any other value. */
export function extrasIn(value: unknown): readonly string[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return null;
  const extras = value.flatMap((one) => (typeof one === 'string' && name.test(one) ? pythonName(one) : []));
  return extras.length === value.length ? extras : null;
}
