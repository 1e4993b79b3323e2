import { evaluateJob } from './job-requests.ts';
import type { CommandOutcome, CommandRefusal } from '../domain/command/command-outcome.ts';
import { isDone } from '../domain/command/command-outcome.ts';
import { digestOfEffect } from '../domain/digest-of-effect.ts';
import { commitMessage } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { Sha } from '../domain/tree.ts';
import { requestReply } from './commands/request-reply.ts';
import { refusalToWrite } from './commands/refusal-to-write.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PendingEffect } from './ports/pending-effect.ts';
import type { Store, StoreTransaction } from './ports/store.ts';

type PullRequestEffect = Extract<Effect, { kind: 'pull-request' }>;
type Outcome = Extract<CommandOutcome, { kind: 'waiver_opened' }> | CommandRefusal;

/**
 * Opens the pull request that somebody asked for, once: branch, commit and pull request are each looked for before they are
 * made, so that an attempt whose answer was lost is gone on with. Nothing is forced and nothing is deleted. The permission
 * and the head of where it was asked for are read again here.
 */
export async function performPullRequest(store: Store, github: GitHubRepository, pending: PendingEffect, effect: PullRequestEffect): Promise<void> {
  const { outcome, commit } = await attempt(() => outcomeOf(store, github, effect));
  await store.transaction((transaction) => settle(transaction, { pending, effect, outcome, commit }));
}

/** What GitHub refuses for good is told like every other refusal. */
async function attempt(open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'GITHUB_REFUSED') return { outcome: { kind: 'refused', why: thrown.message }, commit: null };
    throw thrown;
  }
}

interface Opened {
  readonly outcome: Outcome;
  readonly commit: Sha | null;
}

async function outcomeOf(store: Store, github: GitHubRepository, effect: PullRequestEffect): Promise<Opened> {
  const standing = await github.pullRequestFrom(effect.branch, effect.base);
  if (standing !== null) {
    const commit = await madeBefore(github, effect);
    return commit === null ? { outcome: { kind: 'branch_taken', branch: effect.branch }, commit } : opened(effect, standing, commit);
  }
  const refusal = await refusalNow(github, effect);
  if (refusal !== null) return { outcome: refusal, commit: null };
  await store.transaction((transaction) => transaction.markAttempted(effect.key));
  const commit = await commitOf(github, effect);
  if (typeof commit !== 'string') return { outcome: commit, commit: null };
  return opened(effect, await github.openPullRequest(effect), commit);
}

function opened({ asked }: PullRequestEffect, number: number, commit: Sha | null): Opened {
  return { outcome: { kind: 'waiver_opened', word: asked.word, number }, commit };
}

async function refusalNow(github: GitHubRepository, { askedBy, asked }: PullRequestEffect): Promise<CommandRefusal | null> {
  const refusal = await refusalToWrite({ github, askedBy });
  if (refusal !== null) return refusal;
  const now = await github.headOf(asked.pullRequest);
  if (now === null || now.state !== 'open') return { kind: 'closed' };
  return now.head === asked.head ? null : { kind: 'moved_on', head: now.head };
}

/** The commit on a branch of its own, made now or before. */
async function commitOf(github: GitHubRepository, effect: PullRequestEffect): Promise<Sha | CommandRefusal> {
  const tip = await github.branchTip(effect.branch);
  if (tip === null && !(await github.createBranch(effect.branch, effect.from))) return { kind: 'ungranted' };
  if (tip !== null && tip !== effect.from) return (await madeBefore(github, effect)) ?? { kind: 'branch_taken', branch: effect.branch };
  const answer = await github.commit({ ...effect, head: effect.from });
  switch (answer.kind) {
    case 'committed':
      return answer.commit;
    case 'moved':
      return (await madeBefore(github, effect)) ?? { kind: 'branch_taken', branch: effect.branch };
    case 'ungranted':
      return { kind: 'ungranted' };
    case 'refused':
      return { kind: 'refused', why: answer.why };
  }
}

async function madeBefore(github: GitHubRepository, effect: PullRequestEffect): Promise<Sha | null> {
  const tip = await github.branchTip(effect.branch);
  return tip === null ? null : github.findCommit({ tip, parent: effect.from, message: commitMessage(effect) });
}

interface Settled extends Opened {
  readonly pending: PendingEffect;
  readonly effect: PullRequestEffect;
}

async function settle(transaction: StoreTransaction, { pending, effect, outcome, commit }: Settled): Promise<void> {
  const { repository, evaluation, revision } = pending;
  const { key, askedBy, asked } = effect;
  if (outcome.kind === 'waiver_opened') {
    await transaction.markPerformed(key, outcome.number, revision);
    if (commit !== null) await transaction.recordContribution({ repositoryId: repository.id, pullRequest: outcome.number, commit, person: askedBy, effect: key });
    // Its own event may have been judged before it was known who asked.
    await transaction.enqueue(evaluateJob(repository, outcome.number));
  } else await transaction.markAbandoned(key, outcome.kind, revision);
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: pullRequestSubject(asked.pullRequest),
    event: isDone(outcome) ? 'effect.performed' : 'effect.failed',
    actor: `user:${askedBy.login}`,
    rationale: effect.headline,
    outcome: outcome.kind === 'waiver_opened' ? `pull request #${outcome.number}` : `not opened: ${outcome.kind}`,
    ...(isDone(outcome) ? { after: digestOfEffect(effect) } : {}),
    links: [evaluation, `effect:${key}`, ...(commit === null ? [] : [`commit:${commit}`])],
  });
  await requestReply(transaction, { repository, pullRequest: asked.pullRequest, comment: asked.comment, login: askedBy.login, outcome });
}
