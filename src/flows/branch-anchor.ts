import { Failure, failureOf } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { Anchor, AnchorAnswer, CheckpointToAnchor } from './ports/anchor.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { CommitAnswer, GitHubRepository } from './ports/github-repository.ts';

export interface AnchorBranch {
  /** `owner/name`. */
  readonly repository: string;
  readonly branch: string;
  /** Milliseconds between two commits about one log. */
  readonly everyMs: number;
}

export const branchAnchorName = 'branch';

/**
 * A branch to which the newest checkpoints are committed, each log in a file of its own, always on exactly the commit that was read.
 * Its history holds all of them. What stands at its tip is judged before anything is written, so that an answer that got lost is adopted.
 */
export function branchAnchor(github: Pick<GitHubApp, 'repository' | 'repositories'>, anchor: AnchorBranch): Anchor {
  let known: RepositoryRef | null = null;
  return {
    name: branchAnchorName,
    everyMs: anchor.everyMs,
    async publish(checkpoints) {
      known ??= await findRepository(github, anchor.repository);
      return await commitAll(github.repository(known), anchor, checkpoints);
    },
  };
}

/** Where the checkpoint of a log stands on the branch. */
function anchorPath(account: number): string {
  return `${account}/checkpoint`;
}

async function findRepository(github: Pick<GitHubApp, 'repositories'>, name: string): Promise<RepositoryRef> {
  for await (const { repository, isArchived } of github.repositories()) {
    if (!isArchived && fullNameOf(repository).toLowerCase() === name.toLowerCase()) return repository;
  }
  throw new Failure('NOT_FOUND', `Cannot anchor checkpoints in ${name}: the App is not installed there, or it is archived. Install it on that repository.`);
}

async function commitAll(repository: GitHubRepository, anchor: AnchorBranch, checkpoints: readonly CheckpointToAnchor[]): Promise<ReadonlyMap<number, AnchorAnswer>> {
  const tip = await tipOf(repository, anchor, checkpoints);
  const answers = new Map<number, AnchorAnswer>();
  const toWrite: CheckpointToAnchor[] = [];
  const standing = await standingAt(repository, tip, checkpoints);
  for (const checkpoint of checkpoints) {
    const answer = await judged(checkpoint, standing.get(checkpoint.account) ?? null, anchor).catch((thrown: unknown): AnchorAnswer => ({ kind: 'failed', failure: failureOf(thrown, 'STORE_UNAVAILABLE') }));
    if (answer === null) toWrite.push(checkpoint);
    else answers.set(checkpoint.account, answer);
  }
  if (toWrite.length === 0) return answers;
  const written = writtenOf(await repository.commit(commitOf(anchor, tip, toWrite)), anchor);
  for (const { account } of toWrite) answers.set(account, written);
  return answers;
}

/** A branch of ours that is gone is not begun anew: what it held may have been taken away with it. */
async function tipOf(repository: GitHubRepository, { repository: name, branch }: AnchorBranch, checkpoints: readonly CheckpointToAnchor[]): Promise<Sha> {
  const tip = await repository.branchTip(branch);
  if (tip !== null) return tip;
  if (checkpoints.some(({ known }) => known > 0)) throw new Failure('NOT_FOUND', `Cannot anchor checkpoints in ${name}: the branch ${branch} is gone, on which some stood. Restore it.`);
  const begin = await repository.branchTip(await repository.defaultBranch());
  if (begin === null || !(await repository.createBranch(branch, begin))) throw new Failure('GITHUB_REFUSED', `Cannot anchor checkpoints in ${name}: the branch ${branch} could not be made. Grant the App Contents: read and write, or make the branch.`);
  const made = await repository.branchTip(branch);
  if (made === null) throw new Failure('GITHUB_UNAVAILABLE', `Cannot anchor checkpoints in ${name}: the branch ${branch} was made but can not be read yet. It is tried again.`);
  return made;
}

/** What stands at the tip, by account; what is no file there is no text, and nothing is left out but what is not there. */
async function standingAt(repository: GitHubRepository, tip: Sha, checkpoints: readonly CheckpointToAnchor[]): Promise<ReadonlyMap<number, string>> {
  const names = await repository.namesAt(checkpoints.map(({ account }) => ({ commit: tip, path: anchorPath(account) })));
  const files = checkpoints.flatMap(({ account }, at) => {
    const name = names[at];
    return name?.kind === 'blob' ? [{ account, blob: name.name }] : [];
  });
  const contents = files.length === 0 ? new Map<Sha, never>() : await repository.blobs(files.map(({ blob }) => ({ blob, size: null })));
  const texts = new Map(files.map(({ account, blob }) => {
    const content = contents.get(blob);
    return [account, content?.kind === 'bytes' ? Buffer.from(content.bytes).toString('utf8') : ''] as const;
  }));
  return new Map(checkpoints.flatMap(({ account }, at) => (names[at] === null ? [] : [[account, texts.get(account) ?? ''] as const])));
}

/** Null: it is to be written. */
async function judged(checkpoint: CheckpointToAnchor, standing: string | null, { repository, branch }: AnchorBranch): Promise<AnchorAnswer | null> {
  if (standing === null && checkpoint.known > 0) return { kind: 'failed', failure: new Failure('NOT_FOUND', `Cannot anchor a checkpoint in ${repository}: ${anchorPath(checkpoint.account)} on ${branch} is gone, where one of size ${checkpoint.known} stood: it was taken away or the branch was rewritten. Restore it.`) };
  if (standing === null) return null;
  const judgement = await checkpoint.judge(standing);
  switch (judgement.kind) {
    case 'earlier':
      return null;
    case 'same':
    case 'later':
      return { kind: 'anchored', cosignature: null };
    case 'contradiction':
      return judgement;
    case 'taken-back':
      return { kind: 'failed', failure: new Failure('NOT_FOUND', `Cannot anchor a checkpoint in ${repository}: at ${anchorPath(checkpoint.account)} on ${branch} ${judgement.why}, or the branch was rewritten. Nothing is written over it; restore what stood there.`) };
    case 'unusable':
      return { kind: 'failed', failure: new Failure('PROBE_FAILED', `Cannot anchor a checkpoint in ${repository}: ${anchorPath(checkpoint.account)} on ${branch} was not written by us, ${judgement.why}. Nothing is written over it; take it away.`) };
  }
}

function commitOf({ branch }: AnchorBranch, head: Sha, checkpoints: readonly CheckpointToAnchor[]) {
  const body = checkpoints.map(({ account, size }) => `Log of account ${account} at size ${size}`).join('\n');
  return { branch, head, headline: 'Anchor the audit log', body, files: checkpoints.map(({ account, note }) => ({ path: anchorPath(account), text: note })) };
}

function writtenOf(answer: CommitAnswer, { repository, branch }: AnchorBranch): AnchorAnswer {
  switch (answer.kind) {
    case 'committed':
      return { kind: 'anchored', cosignature: null };
    case 'moved':
      return { kind: 'failed', failure: new Failure('SUPERSEDED', `Cannot anchor checkpoints in ${repository}: somebody else committed to ${branch} meanwhile. It is tried again.`) };
    case 'ungranted':
      return { kind: 'failed', failure: new Failure('GITHUB_REFUSED', `Cannot anchor checkpoints in ${repository}: the App may not write there. Grant it Contents: read and write.`) };
    case 'refused':
      return { kind: 'failed', failure: new Failure('GITHUB_REFUSED', `Cannot anchor checkpoints in ${repository}: GitHub refused, ${answer.why}. Let the App commit to ${branch}.`) };
  }
}
