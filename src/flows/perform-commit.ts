import { commitMessage } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import { digestOfEffect } from '../domain/digest-of-effect.ts';
import type { MendOutcome } from '../domain/mend-outcome.ts';
import { fullNameOf } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import { evaluateJob } from './job-requests.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PendingEffect } from './ports/pending-effect.ts';
import type { PullRequestHead } from './ports/pull-request-facts.ts';
import type { Store, StoreTransaction } from './ports/store.ts';
import { refusalToCommit } from './refusal-to-commit.ts';
import { tellMend } from './tell-mend.ts';

type CommitEffect = Extract<Effect, { kind: 'commit' }>;

/**
 * Makes the commit that somebody asked for, once: after an attempt without a clear answer it looks whether the commit is
 * there before it asks again, and GitHub itself refuses on any other head. Whatever comes of it is told and logged.
 */
export async function performCommit(store: Store, github: GitHubRepository, pending: PendingEffect, effect: CommitEffect): Promise<void> {
  const outcome = await outcomeOf(store, github, pending, effect);
  await store.transaction((transaction) => settle(transaction, pending, effect, outcome));
}

async function outcomeOf(store: Store, github: GitHubRepository, pending: PendingEffect, effect: CommitEffect): Promise<MendOutcome> {
  const now = await github.headOf(effect.pullRequest);
  const standing = pending.attempted ? await madeBefore(github, effect, now) : null;
  if (standing !== null) return standing;
  const refusal = await refusalToCommit(github, { repositoryId: pending.repository.id, now, head: effect.head, askedBy: effect.askedBy });
  if (refusal !== null) return refusal;
  await store.transaction((transaction) => transaction.markAttempted(effect.key));
  const answer = await github.commit(effect);
  if (answer.kind !== 'moved') return answer;
  // What was read before may have been older than our own commit.
  return (await madeBefore(github, effect, await github.headOf(effect.pullRequest))) ?? answer;
}

/** Our commit, where it leads to the head: known by its parent and its whole message, which holds the key. */
async function madeBefore(github: GitHubRepository, effect: CommitEffect, now: PullRequestHead | null): Promise<MendOutcome | null> {
  if (now === null || now.head === effect.head) return null;
  const commit = await github.findCommit({ tip: now.head, parent: effect.head, message: commitMessage(effect) });
  return commit === null ? null : { kind: 'committed', commit };
}

async function settle(transaction: StoreTransaction, pending: PendingEffect, effect: CommitEffect, outcome: MendOutcome): Promise<void> {
  const { repository, evaluation, revision } = pending;
  const { key, pullRequest, head, askedBy } = effect;
  if (outcome.kind === 'committed') {
    await transaction.markPerformed(key, pullRequest, revision);
    await transaction.recordContribution({ repositoryId: repository.id, pullRequest, commit: outcome.commit, person: askedBy, effect: key });
    // The event of the commit may have been judged before: then by our App's hand, which it is not.
    await transaction.enqueue(evaluateJob(repository, pullRequest));
  } else await transaction.markAbandoned(key, outcome.kind, revision);
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: pullRequestSubject(pullRequest),
    event: outcome.kind === 'committed' ? 'effect.performed' : 'effect.failed',
    actor: `user:${askedBy.login}`,
    rationale: outcome.kind === 'refused' ? `GitHub refused: ${outcome.why}` : `mend of ${head}`,
    outcome: outcome.kind === 'committed' ? `commit ${outcome.commit}` : `not committed: ${outcome.kind}`,
    ...(outcome.kind === 'committed' ? { after: digestOfEffect(effect) } : {}),
    links: [evaluation, `effect:${key}`, ...(outcome.kind === 'committed' ? [`commit:${outcome.commit}`] : [])],
  });
  await tellMend(transaction, { repository, pullRequest, evaluation, head, askedBy, outcome });
}
