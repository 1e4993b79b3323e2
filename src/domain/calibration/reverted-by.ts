import type { Sha } from '../tree.ts';

/** What a text says that it takes back. */
export interface Reverted {
  readonly commits: readonly Sha[];
  /** Of the repository itself. */
  readonly pullRequests: readonly number[];
}

/** Commits of a text that are read; a text may be hostile. */
const most = 100;

/**
 * What a commit message (git revert writes "This reverts commit <sha>.") or the body of a pull request (GitHub's button writes "Reverts owner/name#12") takes
 * back. Whoever writes such a line without doing it takes trust away from an agent, and gives none.
 */
export function revertedBy(text: string, repository: { readonly owner: string; readonly name: string }): Reverted {
  const commits = [...text.matchAll(/^\s{0,3}This reverts commit ([0-9a-f]{40}|[0-9a-f]{64})\b/gm)].flatMap((match) => match[1] ?? []);
  const full = `${repository.owner}/${repository.name}`.toLowerCase();
  const pulls = [...text.matchAll(/^\s{0,3}Reverts (?:([A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}))?#([1-9]\d{0,9})\b/gm)].flatMap((match) => (match[1] === undefined || match[1].toLowerCase() === full ? [Number(match[2])] : []));
  return { commits: [...new Set(commits)].slice(0, most), pullRequests: [...new Set(pulls)].slice(0, most) };
}
