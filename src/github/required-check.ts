import { listAt, numberAt, optionalNumberAt, optionalTextAt, textAt, valueAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Whether rules or branch protection require a check of this name on a branch, and whether they accept it from our App only. */
export async function readRequiredCheck(
  calls: RepositoryCalls,
  appId: number,
  branch: string,
  name: string,
): Promise<{ readonly required: boolean; readonly pinned: boolean }> {
  const sources = [...(await ruleSources(calls, branch, name)), ...(await protectionSources(calls, branch, name))];
  return { required: sources.length > 0, pinned: sources.includes(appId) };
}

/** The App that each ruleset in force wants the check from; null for anyone. */
async function ruleSources(calls: RepositoryCalls, branch: string, name: string): Promise<readonly (number | null)[]> {
  const sources: (number | null)[] = [];
  await forEachItem((page) => calls.read('/rules/branches/{branch}', { branch, ...page }), [], (rule) => {
    if (textAt(rule, ['type']) !== 'required_status_checks') return;
    for (const check of listAt(rule, ['parameters', 'required_status_checks'])) {
      if (textAt(check, ['context']) === name) sources.push(optionalNumberAt(check, ['integration_id']));
    }
  });
  return sources;
}

/** The branch itself tells its classic protection to every reader; the protection endpoint wants an administrator. */
async function protectionSources(calls: RepositoryCalls, branch: string, name: string): Promise<readonly (number | null)[]> {
  const { body } = await calls.read('/branches/{branch}', { branch });
  const statuses = valueAt(body, ['protection', 'required_status_checks']);
  if (statuses === undefined || statuses === null || optionalTextAt(statuses, ['enforcement_level']) === 'off') return [];
  const checks = valueAt(statuses, ['checks']) === undefined ? [] : listAt(statuses, ['checks']);
  const pinned = checks.filter((check) => textAt(check, ['context']) === name).map((check) => sourceOf(check));
  const named = listAt(statuses, ['contexts']).includes(name);
  return pinned.length === 0 && named ? [null] : pinned;
}

/** -1 stands for any source. */
function sourceOf(check: unknown): number | null {
  return optionalNumberAt(check, ['app_id']) === null || numberAt(check, ['app_id']) < 0 ? null : numberAt(check, ['app_id']);
}
