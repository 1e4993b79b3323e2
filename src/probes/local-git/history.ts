import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import type { FirstParentCommit, HistoryPage } from '../../flows/ports/object-source.ts';
import { demandGit } from './run-git.ts';
import { shallowBoundary, tooShallow } from './shallow.ts';

interface View {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly shallow: string;
}

/** Commits read at a time, whatever the page: starting git costs more than a longer answer. */
const readAhead = 5_000;

/** First-parent history, read ahead. A commit at which a shallow clone ends throws: its parent exists, but not here. */
export class HistoryReader {
  readonly #commits = new Map<Sha, FirstParentCommit>();
  #boundary: ReadonlySet<Sha> | null = null;

  async read(view: View, from: Sha, limit: number): Promise<HistoryPage> {
    const commits: FirstParentCommit[] = [];
    let next: Sha | null = from;
    while (next !== null && commits.length < limit) {
      const commit: FirstParentCommit = this.#commits.get(next) ?? (await this.#load(view, next));
      if (this.#boundary?.has(commit.sha) === true) throw tooShallow('first-parent history', commit.sha);
      commits.push(commit);
      next = commit.parent;
    }
    return { commits, next };
  }

  async #load(view: View, from: Sha): Promise<FirstParentCommit> {
    this.#boundary ??= await shallowBoundary(view.shallow);
    const output = await demandGit({ ...view, arguments: ['rev-list', '--first-parent', '--no-commit-header', `--max-count=${readAhead}`, '--format=%H %T %P', '--end-of-options', from] });
    for (const line of output.toString('latin1').split('\n')) {
      if (line === '') continue;
      const commit = commitOf(line);
      this.#commits.set(commit.sha, commit);
    }
    const first = this.#commits.get(from);
    if (first === undefined) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read history from ${from.slice(0, 12)}: git left it out, expected the commit. Check the repository with: git fsck`);
    return first;
  }
}

function commitOf(line: string): FirstParentCommit {
  const [sha, tree, parent] = line.split(' ');
  if (sha === undefined || tree === undefined) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read history: git answered ${JSON.stringify(line.slice(0, 80))}, expected commit, tree and parents. Update git.`);
  return { sha, tree, parent: parent === undefined || parent === '' ? null : parent };
}
