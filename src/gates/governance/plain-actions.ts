import type { Action } from '../../domain/action/action.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/**
 * What the paths do that no other action is about: one action for the documentation and one for everything else, both free. A
 * secret in a file says nothing of what the file does: it may be waived, and rules about the file look at it all the same.
 */
export function plainActions(snapshot: Snapshot, others: readonly Action[]): readonly Action[] {
  const told = new Set(others.filter(({ finding }) => finding !== 'governance/secret_committed').flatMap((action) => action.paths));
  const rest = changedFiles(snapshot).map((file) => file.path).filter((path) => !told.has(path));
  return [...plainAction('docs.change', 'the documentation', rest.filter((path) => isDocumentation(path))), ...plainAction('code.change', 'files that no rule names', rest.filter((path) => !isDocumentation(path)))];
}

function plainAction(action: string, what: string, paths: readonly string[]): readonly Action[] {
  const [path] = paths;
  if (path === undefined) return [];
  const subject = paths.length === 1 ? { path } : {};
  return [{ action, tier: 1, subject, paths: paths.toSorted(), why: `It changes ${what}.`, evidence: {}, place: null, finding: null, remedy: null }];
}

function isDocumentation(path: string): boolean {
  return /^docs\/|\.(?:md|mdx|markdown|rst|adoc|txt)$/i.test(path);
}
