import { limits } from '../../domain/limits.ts';
import { agentsInMessage } from '../../domain/people/agents-in-message.ts';
import type { Sha } from '../../domain/tree.ts';
import { demandGit } from './run-git.ts';
import type { GitCall } from './run-git.ts';

/** Whose hand is in a commit, as far as it says so itself: nothing of it is proven. */
export interface CommitHands {
  /** Of author, committer and co-authors with an address that GitHub gives out; other addresses tell nobody here. */
  readonly logins: readonly string[];
  /** Those that trailers of its message name. */
  readonly agents: readonly string[];
}

/** Of the commits that the head has and the base has not, newest first, as many as the App reads of a pull request. */
export async function readCommitHands(view: Omit<GitCall, 'arguments'>, base: Sha, head: Sha): Promise<readonly CommitHands[]> {
  const output = await demandGit({ ...view, arguments: ['rev-list', '--no-commit-header', `--max-count=${limits.commits}`, '--format=%ae%x00%ce%x00%b%x00', '--end-of-options', head, `^${base}`] });
  const fields = output.toString('utf8').split('\0');
  return Array.from({ length: Math.floor(fields.length / 3) }, (_, index) => handsIn(fields.slice(index * 3, index * 3 + 3)));
}

function handsIn([author = '', committer = '', body = '']: readonly string[]): CommitHands {
  const addresses = [author.trim(), committer, ...coAuthors(body)];
  return { logins: [...new Set(addresses.flatMap(loginOf))], agents: agentsInMessage(body) };
}

/** Wherever in the message such a line stands: GitHub reads them so. */
function coAuthors(body: string): readonly string[] {
  return [...body.matchAll(/^co-authored-by:[^<\n]{0,200}<([^<>\s]{1,200})>/gim)].slice(0, limits.commitAuthors).map(([, address = '']) => address);
}

/** `123+login@users.noreply.<host>`; an account from before 2017 may have no number. */
function loginOf(address: string): readonly string[] {
  const [, login] = /^(?:\d{1,20}\+)?([A-Za-z0-9][A-Za-z0-9-]{0,98}(?:\[bot\])?)@users\.noreply\.[a-z0-9.-]{1,200}$/i.exec(address) ?? [];
  return login === undefined ? [] : [login];
}
