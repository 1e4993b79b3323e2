import type { AuditEvent } from '../../audit/entry.ts';
import { isDone } from '../../domain/command/command-outcome.ts';
import type { Reading } from '../../domain/command/command.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { pullRequestSubject } from '../../domain/subject.ts';
import { describeReading } from '../../render/describe-reading.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { requestReaction, requestReply } from './request-reply.ts';
import type { CommentToAnswer } from './request-reply.ts';

type Addressed = Exclude<Reading, { kind: 'none' }>;

/** Shows at once that the command was seen. */
export async function acknowledgeCommand({ store }: FlowPorts, asked: CommentToAnswer): Promise<void> {
  await store.transaction((transaction) => requestReaction(transaction, asked, 'eyes'));
}

/** One transaction: that the command was run, what it did, its entries in the log, and the one reply. */
export async function settleCommand(run: CommandRun, { reading, result }: { readonly reading: Addressed; readonly result: CommandResult }): Promise<void> {
  const { ports, repository, pullRequest, comment } = run;
  const { outcome } = result;
  const word = reading.kind === 'misread' ? 'misread' : reading.command.kind;
  await ports.store.transaction(async (transaction) => {
    const isFirst = await transaction.recordCommand({ repositoryId: repository.id, pullRequest, comment, word, isDone: isDone(outcome), at: ports.clock.now().toISOString() });
    if (!isFirst) return;
    await append(transaction, run, { reading, result });
    for (const vote of result.votes ?? []) await keepVote(transaction, run, vote);
    for (const job of result.jobs ?? []) await transaction.enqueue(job);
    await result.keep?.(transaction);
    await requestReply(transaction, { repository, pullRequest, comment, login: run.askedBy.login, outcome }, result.effects);
  });
}

const voteEvents = { approve: 'approval.given', reject: 'approval.rejected', withdraw: 'approval.withdrawn' } as const satisfies Record<VoteRecord['says'], AuditEvent>;

async function keepVote(transaction: StoreTransaction, { repository, comment, decision }: CommandRun, vote: VoteRecord): Promise<void> {
  await transaction.recordVote(vote);
  const payload: JsonValue = JSON.parse(JSON.stringify(vote));
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: pullRequestSubject(vote.pullRequest),
    event: voteEvents[vote.says],
    actor: `user:${vote.person.login}`,
    rationale: vote.reason ?? 'no reason given',
    outcome: vote.scope,
    after: digestOfValue(payload),
    payload,
    links: [...(decision === null ? [] : [decision.id]), `comment:${comment}`, `commit:${vote.head}`],
  });
}

async function append(transaction: StoreTransaction, run: CommandRun, { reading, result: { outcome } }: { readonly reading: Addressed; readonly result: CommandResult }): Promise<void> {
  const { repository, pullRequest, comment, askedBy, head, decision } = run;
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: pullRequestSubject(pullRequest),
    event: 'command.run',
    actor: `user:${askedBy.login}`,
    rationale: describeReading(reading),
    outcome: isDone(outcome) ? outcome.kind : `refused: ${outcome.kind}`,
    links: [...(decision === null ? [] : [decision.id]), `comment:${comment}`, `commit:${head}`],
  });
}
