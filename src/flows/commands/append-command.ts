import { isDone } from '../../domain/command/command-outcome.ts';
import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { Reading } from '../../domain/command/command.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { pullRequestSubject } from '../../domain/subject.ts';
import { describeReading } from '../../render/describe-reading.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { AskedRun } from './command-run.ts';

/** What came of what somebody asked for, done or refused. */
export async function appendCommand(transaction: StoreTransaction, run: AskedRun, { reading, outcome }: { readonly reading: Exclude<Reading, { kind: 'none' }>; readonly outcome: CommandOutcome }): Promise<void> {
  const { repository, pullRequest, source, askedBy, head, decision } = run;
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: pullRequestSubject(pullRequest),
    event: 'command.run',
    actor: `user:${askedBy.login}`,
    rationale: describeReading(reading),
    outcome: isDone(outcome) ? outcome.kind : `refused: ${outcome.kind}`,
    links: [...(decision === null ? [] : [decision.id]), source, `commit:${head}`],
  });
}
