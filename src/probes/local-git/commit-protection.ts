import type { ProtectionAnswer } from '../../domain/probe-answer.ts';
import type { CitingRange } from '../../domain/probe-request.ts';
import type { Sha } from '../../domain/tree.ts';
import { isObjectName } from './object-name.ts';
import { findDefaultBase } from './refs.ts';
import { demandGit, refusalOf, runGit } from './run-git.ts';
import { shallowBoundary, tooShallow } from './shallow.ts';

interface View {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly shallow: string;
}

/** Whether commits are in the history of the default branch, of the remote where one is known; where there is none, of the base that was named. */
export async function readProtection(view: View, commits: readonly Sha[], { base }: CitingRange): Promise<readonly ProtectionAnswer[]> {
  const tip = (await findDefaultBase(view.directory))?.sha ?? base;
  const kinds = await readKinds(view, commits);
  return await Promise.all(commits.map(async (commit, index) => (kinds[index] === 'commit' ? await standingOf(view, commit, tip) : 'absent')));
}

/** In order; null for what is no object here, and for what is no name of one. */
async function readKinds(view: View, names: readonly Sha[]): Promise<readonly (string | null)[]> {
  const asked = names.filter(isObjectName);
  if (asked.length === 0) return names.map(() => null);
  const output = await demandGit({ ...view, arguments: ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'], input: `${asked.join('\n')}\n` });
  const kinds = new Map(output.toString('latin1').split('\n').map((line) => line.split(' ')).map(([name = '', kind = '']) => [name, kind]));
  return names.map((name) => kinds.get(name) ?? null);
}

async function standingOf(view: View, commit: Sha, tip: Sha): Promise<ProtectionAnswer> {
  const result = await runGit({ ...view, arguments: ['merge-base', '--is-ancestor', '--end-of-options', commit, tip] });
  if (result.status === 0) return 'protected';
  if (result.status !== 1) throw refusalOf(result, view.directory);
  const [cut] = await shallowBoundary(view.shallow);
  if (cut !== undefined) throw tooShallow('whether a commit is on a protected branch', cut);
  return 'unprotected';
}
