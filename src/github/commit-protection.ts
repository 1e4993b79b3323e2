import type { ProtectionAnswer } from '../domain/probe-answer.ts';
import type { CitingRange } from '../domain/probe-request.ts';
import type { Sha } from '../domain/tree.ts';
import { isUnknownCommit, isUnrelated } from './merge-base.ts';

export interface ProtectionSources {
  defaultBranch(): Promise<string>;
  /** Null: there is no such branch. */
  tipOf(branch: string): Promise<Sha | null>;
  /** Whether nothing comes onto a branch but through a pull request or a check. */
  isGuarded(branch: string): Promise<boolean>;
  /** As of `ObjectSource`, kept for ever. */
  mergeBase(commit: Sha, tip: Sha): Promise<Sha>;
}

/**
 * Whether commits are in the history of the default branch, or of the base where that is guarded, too. GitHub shows commits of forks as if
 * they were of the repository, and anybody may push to other branches: where a commit can be reached from is all that counts.
 */
export async function readProtection(sources: ProtectionSources, commits: readonly Sha[], range: CitingRange): Promise<readonly ProtectionAnswer[]> {
  const tips = await protectedTips(sources, range);
  return await Promise.all(commits.map((commit) => standingOf(sources, commit, tips, range)));
}

async function protectedTips(sources: ProtectionSources, { branch, base }: CitingRange): Promise<readonly Sha[]> {
  const main = await sources.defaultBranch();
  if (branch === main) return [base];
  const tip = await sources.tipOf(main);
  return [...(tip === null ? [] : [tip]), ...((await sources.isGuarded(branch)) ? [base] : [])];
}

/** One comparison for each tip, and none for what the base is known to stand on. */
async function standingOf(sources: ProtectionSources, commit: Sha, tips: readonly Sha[], { base, mergeBase }: CitingRange): Promise<ProtectionAnswer> {
  if (tips.includes(base) && (commit === base || commit === mergeBase)) return 'protected';
  let standing: ProtectionAnswer = 'unprotected';
  for (const tip of tips) {
    standing = await standingAt(sources, commit, tip);
    if (standing !== 'unprotected') return standing;
  }
  return standing;
}

async function standingAt(sources: ProtectionSources, commit: Sha, tip: Sha): Promise<ProtectionAnswer> {
  try {
    return (await sources.mergeBase(commit, tip)) === commit ? 'protected' : 'unprotected';
  } catch (thrown) {
    if (isUnrelated(thrown)) return 'unprotected';
    if (isUnknownCommit(thrown)) return 'absent';
    throw thrown;
  }
}
