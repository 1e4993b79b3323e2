import type { DependencyFile } from './dependency-file.ts';
import { dependencyFileOf } from './dependency-file.ts';
import type { DependencyFacts } from './dependency.ts';

const list: DependencyFile = { ecosystem: 'pypi', format: 'requirements', isLock: false };

/** What says in a path that requirements stand there. */
const hint = /req|dep|constraint|package|pip|pypi/;

/** A path that is no manifest by its name, but may be a list that one takes packages from (`-r deps.txt`); null for any other. Which it is its content says. */
export function maybeRequirements(path: string): DependencyFile | null {
  const folders = path.toLowerCase().split('/');
  const name = folders.at(-1) ?? '';
  const isNamedSo = /[^.]\.(?:txt|in|lst|list|pip|deps|reqs?)$/.test(name) || (hint.test(name) && !name.includes('.'));
  return isNamedSo && dependencyFileOf(path) === null && !folders.includes('node_modules') ? list : null;
}

/** Versions as PEP 440 compares them. */
const specifiers = /^(?:(?:===?|~=|!=|<=?|>=?)\s*[\w.*+!-]+\s*(?:,\s*|$))*$/;

/** Whether pip takes each line of a file, and one of them is more than a word, or its path says so: lists of words have no versions. */
export function isRequirementList(path: string, { dependencies, indexes, included = [] }: DependencyFacts): boolean {
  const isTaken = dependencies.every(({ wanted, source, place }) => place !== undefined || (source === null ? specifiers.test(wanted) : source.includes('://')));
  const isMore = indexes.length + included.length > 0 || dependencies.some(({ wanted, source, hashes }) => hashes.length > 0 || (source === null && wanted !== ''));
  return isTaken && (isMore || (dependencies.length > 0 && hint.test(path.toLowerCase())));
}
