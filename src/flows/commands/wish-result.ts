import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { RemediationWish } from '../../domain/remediation/remediation-wish.ts';
import { keepWish } from '../remediation/wishes.ts';
import type { CommandResult, CommandRun } from './command-run.ts';

/** A wish is kept with the reply; the job that has the lease on the behaviour answers it. */
export function wishResult({ repository, pullRequest, comment, askedBy, askedAt }: CommandRun, { behavior, wish, outcome }: { readonly behavior: string; readonly wish: RemediationWish; readonly outcome: CommandOutcome }): CommandResult {
  const key = `command/${repository.id}/${comment}/remediation`;
  return { outcome, keep: (transaction) => keepWish(transaction, repository, { kind: 'remediation', key, behavior, wish, askedBy, asked: { pullRequest, comment, at: askedAt } }) };
}
