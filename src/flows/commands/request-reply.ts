import { isAwaited, isDone } from '../../domain/command/command-outcome.ts';
import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { Effect, Reaction } from '../../domain/effect.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { commandTopic, renderCommandReply } from '../../render/command-reply.ts';
import { performJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';

export interface CommentToAnswer {
  readonly repository: RepositoryRef;
  readonly pullRequest: number;
  readonly comment: number;
}

export interface ReplyToGive extends CommentToAnswer {
  /** Null where it was not read who wrote the comment. */
  readonly login: string | null;
  readonly outcome: CommandOutcome;
}

/** A reaction that says how it went, and the one reply; then what was asked for, which edits the reply. */
export async function requestReply(transaction: StoreTransaction, reply: ReplyToGive, effects: readonly Effect[] = []): Promise<void> {
  const { repository, pullRequest, comment, outcome } = reply;
  const topic = commandTopic(comment);
  const said: Effect = { kind: 'comment', key: `comment/${repository.id}/${pullRequest}/${topic}`, pullRequest, topic, body: renderCommandReply(reply) };
  const reaction = reactionTo(outcome);
  await request(transaction, reply, [...(reaction === null ? [] : [reactionOf(reply, reaction)]), said, ...effects]);
}

/** Null while it is not known yet how it goes. */
function reactionTo(outcome: CommandOutcome): Reaction | null {
  if (isAwaited(outcome)) return null;
  return isDone(outcome) ? 'rocket' : 'confused';
}

export async function requestReaction(transaction: StoreTransaction, to: CommentToAnswer, content: Reaction): Promise<void> {
  await request(transaction, to, [reactionOf(to, content)]);
}

function reactionOf({ repository, comment }: CommentToAnswer, content: Reaction): Effect {
  return { kind: 'reaction', key: `command/${repository.id}/${comment}/${content}`, comment, content };
}

/** Effects of one command are performed in order by one job. */
async function request(transaction: StoreTransaction, { repository, comment }: CommentToAnswer, effects: readonly Effect[]): Promise<void> {
  const group = `command:${comment}`;
  await transaction.request(effects.map((effect) => ({ effect, group })), repository, group);
  await transaction.enqueue(performJob(repository, group));
}
