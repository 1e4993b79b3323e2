import { parseComment } from '../domain/command/parse-comment.ts';
import { isDriftCommand } from '../domain/command/command.ts';
import type { Reading } from '../domain/command/command.ts';
import type { IssueComment } from '../domain/issue-comment.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import { answerCommand } from './commands/answer-command.ts';
import type { CommandAnswer, CommandRun } from './commands/command-run.ts';
import { acknowledgeCommand, settleCommand } from './commands/settle-command.ts';
import type { FlowPorts } from './flow-ports.ts';
import { isPerson } from './is-person.ts';
import { commandJob } from './job-requests.ts';
import type { AskedCommand } from './job-requests.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestHead } from './ports/pull-request-facts.ts';

export interface CommandToRun extends AskedCommand {
  readonly repository: RepositoryRef;
}

/** Seconds between looks for the judgement of the head. After the last one the command is refused. */
const pauses = [5, 10, 20, 40, 60, 120] as const;

/**
 * Somebody wrote a comment that looks like a command. It is read again and run once: what it did, or exactly what is missing,
 * is told in one reply. A comment that is gone, or was not written by a person, gets none.
 */
export async function runCommand(ports: FlowPorts, wanted: CommandToRun): Promise<void> {
  if (await ports.store.transaction((transaction) => transaction.hasCommand(wanted.repository.id, wanted.comment))) return;
  const github = ports.github.repository(wanted.repository);
  const comment = await github.comment(wanted.comment);
  const reading = parseComment(comment?.body ?? '');
  if (comment === null || reading.kind === 'none' || !isByPerson(comment) || comment.issue !== wanted.pullRequest) return;
  const now = await github.headOf(wanted.pullRequest);
  if (now === null) return;
  await acknowledgeCommand(ports, wanted);
  const run = await runOf(ports, { wanted, github, comment, now });
  const answer = await answerOf(run, { comment, now, reading });
  const pause = pauses[wanted.waits];
  if (answer !== 'wait') return settleCommand(run, { reading, result: answer });
  if (pause === undefined) return settleCommand(run, { reading, result: { outcome: { kind: 'not_judged', head: run.head } } });
  const { pullRequest, comment: id, waits } = wanted;
  await ports.store.transaction((transaction) => transaction.enqueue(commandJob(wanted.repository, { pullRequest, comment: id, waits: waits + 1 }, new Date(ports.clock.now().getTime() + pause * 1000))));
}

/** An App that speaks in the name of a person is no person: nobody may have read what it says. */
function isByPerson({ author, isByApp }: IssueComment): boolean {
  return author !== null && !isByApp && isPerson(author);
}

interface Seen {
  readonly wanted: CommandToRun;
  readonly github: GitHubRepository;
  readonly comment: IssueComment;
  readonly now: PullRequestHead;
}

async function runOf(ports: FlowPorts, { wanted, github, comment, now }: Seen): Promise<CommandRun> {
  const { repository, pullRequest } = wanted;
  const decision = await ports.store.transaction((transaction) => transaction.decisionAbout(repository.id, pullRequestSubject(pullRequest), now.head));
  const { login = '', id = 0 } = comment.author ?? {};
  return { ports, github, repository, pullRequest, comment: comment.id, source: `comment:${comment.id}`, askedBy: { login, id }, askedAt: comment.createdAt, head: now.head, decision };
}

async function answerOf(run: CommandRun, { comment, now, reading }: Pick<Seen, 'comment' | 'now'> & { readonly reading: Exclude<Reading, { kind: 'none' }> }): Promise<CommandAnswer> {
  if (comment.isEdited) return { outcome: { kind: 'edited' } };
  // What is about the whole repository may be typed where a remediation was closed or merged.
  const needsNoOpen = reading.kind === 'misread' || isDriftCommand(reading.command) || ['help', 'status', 'explain'].includes(reading.command.kind);
  return now.state === 'open' || needsNoOpen ? answerCommand(run, reading) : { outcome: { kind: 'closed' } };
}
