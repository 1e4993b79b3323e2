import type { CommitToMake } from '../domain/effect.ts';
import { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { CommitAnswer } from '../flows/ports/github-repository.ts';
import { listAt, optionalShaAt, optionalTextAt, shaAt, textAt, valueAt } from './answer.ts';
import { redacted } from './classify.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Compare and swap: GitHub refuses where the branch is not at `expectedHeadOid`, and signs the commit as our App's. */
const mutation = 'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';

export async function commitOnBranch(calls: RepositoryCalls, wanted: CommitToMake): Promise<CommitAnswer> {
  const { branch, head, headline, body, files } = wanted;
  const additions = files.map(({ path, text }) => ({ path, contents: Buffer.from(text, 'utf8').toString('base64') }));
  const input = {
    branch: { repositoryNameWithOwner: fullNameOf(calls.ref), branchName: branch },
    expectedHeadOid: head,
    message: { headline, body },
    fileChanges: { additions },
  };
  try {
    return answerOf(await calls.commit(mutation, { input }));
  } catch (thrown) {
    // Refused before the mutation was looked at: no token with this permission is given, or the one given does not suffice.
    if (thrown instanceof Failure && thrown.code === 'GITHUB_REFUSED') return { kind: 'ungranted' };
    throw thrown;
  }
}

/** Looked for by what the commit is: its parent and its whole message, which ends in the effect's key. */
export async function findCommit(calls: RepositoryCalls, wanted: { readonly tip: Sha; readonly parent: Sha; readonly message: string }): Promise<Sha | null> {
  const { body } = await calls.read('/commits', { sha: wanted.tip, per_page: 100 });
  const found = listAt(body, []).find((item) => optionalShaAt(item, ['parents', 0, 'sha']) === wanted.parent && textAt(item, ['commit', 'message']).trimEnd() === wanted.message.trimEnd());
  return found === undefined ? null : shaAt(found, ['sha']);
}

function answerOf(body: unknown): CommitAnswer {
  const errors = valueAt(body, ['errors']) === undefined ? [] : listAt(body, ['errors']);
  const [error] = errors;
  if (error !== undefined) return refusalOf(error);
  try {
    return { kind: 'committed', commit: shaAt(body, ['data', 'createCommitOnBranch', 'commit', 'oid']) };
  } catch (thrown) {
    throw new Failure('GITHUB_AMBIGUOUS', 'Cannot tell whether a commit was made: an answer without its name, expected one', { cause: thrown });
  }
}

/** An error with a type was decided by GitHub, and nothing was committed. One without is a fault on its way. */
function refusalOf(error: unknown): CommitAnswer {
  const message = redacted(optionalTextAt(error, ['message']) ?? 'no message').slice(0, 300);
  const type = optionalTextAt(error, ['type']);
  if (type === 'STALE_DATA') return { kind: 'moved' };
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return { kind: 'ungranted' };
  if (type === null) throw new Failure('GITHUB_AMBIGUOUS', `Cannot tell whether a commit was made: GitHub answered "${message}", expected a commit`);
  if (type === 'RATE_LIMITED' || type === 'RATE_LIMIT') throw new Failure('GITHUB_RATE_LIMITED', `Cannot commit: GitHub answered "${message}", expected a commit`);
  return { kind: 'refused', why: message };
}
