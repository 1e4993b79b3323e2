import { isDone } from '../../domain/command/command-outcome.ts';
import type { Reading } from '../../domain/command/command.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { appendCommand } from './append-command.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { keepVote } from './keep-vote.ts';
import { requestReaction, requestReply } from './request-reply.ts';
import type { CommentToAnswer } from './request-reply.ts';

/** Shows at once that the command was seen. */
export async function acknowledgeCommand({ store }: FlowPorts, asked: CommentToAnswer): Promise<void> {
  await store.transaction((transaction) => requestReaction(transaction, asked, 'eyes'));
}

/** One transaction: that the command was run, what it did, its entries in the log, and the one reply. */
export async function settleCommand(run: CommandRun, { reading, result }: { readonly reading: Exclude<Reading, { kind: 'none' }>; readonly result: CommandResult }): Promise<void> {
  const { ports, repository, pullRequest, comment } = run;
  const { outcome } = result;
  const word = reading.kind === 'misread' ? 'misread' : reading.command.kind;
  await ports.store.transaction(async (transaction) => {
    const isFirst = await transaction.recordCommand({ repositoryId: repository.id, pullRequest, comment, word, isDone: isDone(outcome), at: ports.clock.now().toISOString() });
    if (!isFirst) return;
    await appendCommand(transaction, run, { reading, outcome });
    for (const vote of result.votes ?? []) await keepVote(transaction, run, vote);
    for (const job of result.jobs ?? []) await transaction.enqueue(job);
    await result.keep?.(transaction);
    await requestReply(transaction, { repository, pullRequest, comment, login: run.askedBy.login, outcome }, result.effects);
  });
}
