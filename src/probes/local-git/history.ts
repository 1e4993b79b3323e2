import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import type { FirstParentCommit, HistoryPage } from '../../flows/ports.ts';
import { demandGit } from './run-git.ts';
import { shallowBoundary, tooShallow } from './shallow.ts';

interface View {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** One page of first-parent history. A commit at which a shallow clone ends throws: its parent exists, but not here. */
export async function readHistory(view: View, from: Sha, limit: number): Promise<HistoryPage> {
  const output = await demandGit({ ...view, arguments: ['rev-list', '--first-parent', '--no-commit-header', `--max-count=${limit}`, '--format=%H %T %P', '--end-of-options', from] });
  const commits = output.toString('latin1').split('\n').filter((line) => line !== '').map(commitOf);
  const boundary = await shallowBoundary(view.directory);
  const cut = commits.find((commit) => boundary.has(commit.sha));
  if (cut !== undefined) throw tooShallow('first-parent history', cut.sha);
  return { commits, next: commits.at(-1)?.parent ?? null };
}

function commitOf(line: string): FirstParentCommit {
  const [sha, tree, parent] = line.split(' ');
  if (sha === undefined || tree === undefined) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read history: git answered ${JSON.stringify(line.slice(0, 80))}, expected commit, tree and parents. Update git.`);
  return { sha, tree, parent: parent === undefined || parent === '' ? null : parent };
}
