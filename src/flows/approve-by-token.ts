import type { CommandRefusal } from '../domain/command/command-outcome.ts';
import type { VoteRecord } from '../domain/people/vote-record.ts';
import { standingVotes } from '../domain/people/standing-votes.ts';
import { digestOfValue } from '../domain/digest.ts';
import { isPerson } from './is-person.ts';
import { pullRequestNumber } from '../domain/subject.ts';
import { appendCommand } from './commands/append-command.ts';
import type { AskedRun, CommandResult } from './commands/command-run.ts';
import { keepVote } from './commands/keep-vote.ts';
import { voteCommand } from './commands/vote-command.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { PullRequestHead } from './ports/pull-request-facts.ts';

/** A yes of somebody whom a token names. */
export interface TokenApproval {
  /** Whose decision it is about. */
  readonly account: number;
  /** Id of the decision that they saw. */
  readonly decision: string;
  /** A code, an action, or `all`, as in a comment. */
  readonly action: string;
  /** Of the head, seven digits or more. */
  readonly sha: string;
  readonly reason: string;
  /** Id of their account at GitHub. */
  readonly person: number;
}

/** `superseded`: another decision is the newest about the head; null: there is none. `unknown_person`: GitHub shows no person of that id. */
export type ApprovalOutcome =
  | { readonly kind: 'approved'; readonly login: string; readonly pullRequest: number; readonly done: Extract<CommandResult['outcome'], { readonly kind: 'voted' }>; /** Whether it was not said before. */ readonly isNew: boolean }
  | { readonly kind: 'unknown_decision' }
  | { readonly kind: 'unknown_person' }
  | { readonly kind: 'superseded'; readonly newest: string | null }
  | { readonly kind: 'refused'; readonly refusal: ApprovalRefusal };

/** What a yes may be refused for, as the command is. */
export type ApprovalRefusal = { readonly kind: 'closed' } | Extract<CommandRefusal, { readonly kind: (typeof refusals)[number] }>;

const refusals = ['moved', 'nothing_held', 'not_approver', 'contributor', 'role_unreadable'] as const;

/**
 * Approves what a decision holds, as the command in a comment does: what somebody is called, where they belong and where the head is
 * are read now, and whether it counts is asked again at each judgement. What stands already is not said again.
 */
export async function approveByToken(ports: FlowPorts, wanted: TokenApproval): Promise<ApprovalOutcome> {
  const seen = await ports.store.search.decision(wanted.account, wanted.decision);
  const pullRequest = seen === null ? null : pullRequestNumber(seen.subject);
  if (seen === null || pullRequest === null) return { kind: 'unknown_decision' };
  const repository = await repositoryNow(ports, seen, pullRequest);
  const github = ports.github.repository(repository);
  const login = await github.loginOf(wanted.person);
  if (login === null || !isPerson({ login, type: 'User' })) return { kind: 'unknown_person' };
  const now = await github.headOf(pullRequest);
  const decision = now === null ? null : await ports.store.transaction((transaction) => transaction.decisionAbout(repository.id, seen.subject, now.head));
  const run: AskedRun = { ports, github, repository, pullRequest, source: 'api', askedBy: { login, id: wanted.person }, askedAt: ports.clock.now().toISOString(), head: now?.head ?? seen.decision.head, decision };
  const answer = await answerOf(run, { wanted, now });
  if (answer.kind === 'voted') return { kind: 'approved', login, pullRequest, done: answer.done, isNew: await keep(run, wanted, answer) };
  if (answer.kind === 'refused') await ports.store.transaction((transaction) => appendCommand(transaction, run, { reading: readingOf(wanted), outcome: answer.refusal }));
  return answer;
}

/** As it is called and installed now. */
async function repositoryNow({ store }: FlowPorts, { repository }: DecisionRecord, pullRequest: number): Promise<DecisionRecord['repository']> {
  return (await store.transaction((transaction) => transaction.pullRequestRecord(repository.id, pullRequest)))?.repository ?? repository;
}

interface Voted {
  readonly kind: 'voted';
  readonly done: Extract<CommandResult['outcome'], { readonly kind: 'voted' }>;
  readonly vote: VoteRecord;
  readonly jobs: NonNullable<CommandResult['jobs']>;
}

async function answerOf(run: AskedRun, { wanted, now }: { readonly wanted: TokenApproval; readonly now: PullRequestHead | null }): Promise<Voted | Extract<ApprovalOutcome, { kind: 'superseded' | 'refused' }>> {
  if (now?.state !== 'open') return { kind: 'refused', refusal: { kind: 'closed' } };
  const isAtHead = run.head.startsWith(wanted.sha);
  if (isAtHead && run.decision?.id !== wanted.decision) return { kind: 'superseded', newest: run.decision?.id ?? null };
  const answer = await voteCommand(run, readingOf(wanted).command);
  // It waits only for a decision, and there is one.
  if (answer === 'wait') return { kind: 'superseded', newest: null };
  const { outcome, votes = [], jobs = [] } = answer;
  const [vote] = votes;
  if (outcome.kind === 'voted' && vote !== undefined) return { kind: 'voted', done: outcome, vote, jobs };
  if (!isRefusal(outcome)) throw new TypeError(`A vote came to ${outcome.kind}`);
  return { kind: 'refused', refusal: outcome };
}

function isRefusal(outcome: CommandResult['outcome']): outcome is ApprovalRefusal {
  return refusals.some((kind) => kind === outcome.kind);
}

function readingOf({ action, sha, reason }: TokenApproval) {
  return { kind: 'command', command: { kind: 'approve', scope: action, sha, reason } } as const;
}

/**
 * One transaction. The source of what is said names how often its person spoke before, so that the same request, sent twice at once, is kept
 * once, and one after a withdrawal is kept again.
 */
async function keep(run: AskedRun, wanted: TokenApproval, { done, vote, jobs }: Voted): Promise<boolean> {
  return await run.ports.store.transaction(async (transaction) => {
    const said = (await transaction.voteRecords(run.repository.id, run.pullRequest)).filter(({ person }) => person.id === wanted.person);
    if (stands(said, vote)) return false;
    const source = `api:${digestOfValue([wanted.decision, wanted.person, wanted.action, said.length])}`;
    if (!(await keepVote(transaction, run, { ...vote, source }))) return false;
    await appendCommand(transaction, { ...run, source }, { reading: readingOf(wanted), outcome: done });
    for (const job of jobs) await transaction.enqueue(job);
    return true;
  });
}

/** Whether all of it was approved by the same person, through whatever door, and not taken back. */
function stands(said: readonly VoteRecord[], vote: VoteRecord): boolean {
  const approved = new Set(standingVotes(said).flatMap(({ answer, target }) => (answer === 'approve' && target.kind === 'items' ? target.items.map(({ binding }) => binding) : [])));
  return vote.items.every(({ binding }) => approved.has(binding));
}
