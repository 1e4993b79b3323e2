import { isDone } from '../../domain/command/command-outcome.ts';
import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import { digestOfEffect } from '../../domain/digest-of-effect.ts';
import type { Effect } from '../../domain/effect.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { requestReply } from '../commands/request-reply.ts';
import { remediateJob } from '../job-requests.ts';
import type { PendingEffect } from '../ports/pending-effect.ts';
import type { StoreTransaction } from '../ports/store.ts';

export type RemediationEffect = Extract<Effect, { kind: 'remediation' }>;

/** A wish that nobody was answered yet. */
export interface PendingWish extends Pick<PendingEffect, 'repository' | 'revision'> {
  readonly effect: RemediationEffect;
}

/** Keeps a wish, and asks for the job that grants it. */
export async function keepWish(transaction: StoreTransaction, repository: RepositoryRef, effect: RemediationEffect): Promise<void> {
  await transaction.request([{ effect, group: groupOf(effect.behavior) }], repository, `command:${effect.asked.comment}`);
  await transaction.enqueue(remediateJob(repository, effect.behavior));
}

/** In the order in which they were kept. */
export async function pendingWishes(transaction: StoreTransaction, repositoryId: number, behavior: string): Promise<readonly PendingWish[]> {
  const pending = await transaction.pendingEffects(repositoryId, groupOf(behavior));
  return pending.flatMap(({ effect, repository, revision }) => (effect.kind === 'remediation' ? [{ effect, repository, revision }] : []));
}

/** Ends a wish: in the store, in the log, and in the one reply to its comment. */
export async function settleWish(transaction: StoreTransaction, { effect, repository, revision }: PendingWish, outcome: CommandOutcome): Promise<void> {
  const { key, behavior, wish, askedBy, asked } = effect;
  const { pullRequest, comment } = asked;
  if (isDone(outcome)) await transaction.markPerformed(key, numberOf(outcome) ?? pullRequest, revision);
  else await transaction.markAbandoned(key, outcome.kind, revision);
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `effect:${key}`,
    event: isDone(outcome) ? 'effect.performed' : 'effect.failed',
    actor: `user:${askedBy.login}`,
    rationale: `${wish.kind} ${behavior}`,
    outcome: isDone(outcome) ? outcome.kind : `refused: ${outcome.kind}`,
    ...(isDone(outcome) ? { after: digestOfEffect(effect) } : {}),
    links: [`comment:${comment}`],
  });
  await requestReply(transaction, { repository, pullRequest, comment, login: askedBy.login, outcome });
}

function groupOf(behavior: string): string {
  return `remediate:${behavior}`;
}

function numberOf(outcome: CommandOutcome): number | null {
  if (outcome.kind === 'rollback_opened') return outcome.by;
  return outcome.kind === 'remediated' || outcome.kind === 'rolled_back' ? outcome.number : null;
}
