import type { Sha } from '../domain/tree.ts';
import { optionalTextAt, textAt, valueAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Conclusions that say that something is wrong with the head; what was skipped or cancelled says nothing. */
const wrong: ReadonlySet<string> = new Set(['failure', 'timed_out', 'startup_failure']);

/** What other Apps than ours found out about a commit: one failure is one. Null: none said anything, or has not ended. Commit statuses are not read. */
export async function readOtherChecks(calls: RepositoryCalls, appId: number, head: Sha): Promise<'success' | 'failure' | null> {
  const conclusions = new Set<string>();
  await forEachItem((page) => calls.read('/commits/{ref}/check-suites', { ref: head, ...page }), ['check_suites'], (suite) => {
    if (valueAt(suite, ['app', 'id']) !== appId && textAt(suite, ['status']) === 'completed') conclusions.add(optionalTextAt(suite, ['conclusion']) ?? '');
  });
  if ([...conclusions].some((conclusion) => wrong.has(conclusion))) return 'failure';
  return conclusions.has('success') ? 'success' : null;
}
