import { textAt, valueAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Rules that let nothing come onto a branch by a push alone. */
const guards: ReadonlySet<string> = new Set(['pull_request', 'merge_queue', 'required_status_checks']);

/** Whether rules or branch protection keep a branch from being pushed to at will. A rule against force pushes alone keeps nobody from pushing. */
export async function readIsGuarded(calls: RepositoryCalls, branch: string): Promise<boolean> {
  let isGuarded = false;
  await forEachItem((page) => calls.read('/rules/branches/{branch}', { branch, ...page }), [], (rule) => {
    isGuarded ||= guards.has(textAt(rule, ['type']));
  });
  if (isGuarded) return true;
  // The branch itself tells its classic protection to every reader.
  const { body } = await calls.read('/branches/{branch}', { branch });
  return valueAt(body, ['protection', 'enabled']) === true;
}
