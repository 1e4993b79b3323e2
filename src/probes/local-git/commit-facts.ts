import type { Sha } from '../../domain/tree.ts';
import { demandGit } from './run-git.ts';

/** Who made a commit and when, as it states itself: nothing of it is proven. */
export interface CommitFacts {
  readonly author: string;
  /** ISO 8601 with the author's zone. */
  readonly date: string;
}

export async function readCommitFacts(directory: string, commits: readonly Sha[]): Promise<ReadonlyMap<Sha, CommitFacts>> {
  if (commits.length === 0) return new Map();
  const output = await demandGit({ directory, arguments: ['rev-list', '--no-walk=unsorted', '--no-commit-header', '--format=%H%x00%an%x00%aI', '--stdin'], input: `${[...new Set(commits)].join('\n')}\n` });
  const facts = output.toString('utf8').split('\n').map((line) => line.split('\0'));
  return new Map(facts.flatMap(([sha, author, date]) => (sha === undefined || author === undefined || date === undefined ? [] : [[sha, { author, date }] as const])));
}
