import type { Decision } from '../../src/domain/decision.ts';
import type { IssueComment } from '../../src/domain/issue-comment.ts';
import { commandJob } from '../../src/flows/job-requests.ts';
import { aDecision, aFindingAt, aVerdict } from '../builders/decision-builder.ts';
import { aContract, aGovernedWorld } from './a-world.ts';

export const dev = { login: 'dev', id: 12, type: 'User' } as const;
export const commented = '2026-11-20T12:00:00Z';

const path = 'contracts/checkout.yaml';

/** A judged pull request of `mona`, on which people comment; `dev` may write. */
export async function aCommandWorld(decided: Partial<Decision> = {}, world = aGovernedWorld()) {
  const { github, store, clock } = world;
  const base = github.branches.get('main') ?? '';
  github.branch('work', 'main');
  const head = github.commit('work', { [path]: aContract({ spec: '{limit: 2}' }) });
  github.openPull(1, 'work');
  github.writers.add(dev.login);
  let comments = 40;
  let decisions = 0;

  async function decide(input: Partial<Decision> = {}): Promise<void> {
    const decision = aDecision({ head, base: github.branches.get('main') ?? '', verdicts: [aVerdict('change'), aVerdict('contracts', [aFindingAt(path, 2)])], ...decided, ...input });
    const record = { id: `00000000-0000-7000-9000-${String((decisions += 1)).padStart(12, '0')}`, repository: github.ref, subject: 'pull-request:1', entry: 'main', baseBranch: 'main', decision, decidedAt: clock.now() };
    await store.transaction((transaction) => transaction.saveDecision(record));
  }

  function write(body: string, overrides: Partial<IssueComment> = {}): number {
    comments += 1;
    github.written.set(comments, { id: comments, issue: 1, body, author: dev, isByApp: false, createdAt: commented, isEdited: false, ...overrides });
    return comments;
  }

  /** What GitHub tells of a comment, and everything that follows. */
  async function deliver(comment: number): Promise<void> {
    await world.enqueue(commandJob(github.ref, { pullRequest: 1, comment, waits: 0 }));
    await world.settle();
  }

  /** Our one reply to a comment, empty without one. */
  const replyTo = (comment: number): string => github.comments.filter(({ body }) => body.includes(`<!-- plumbline:command-${comment} -->`)).map(({ body }) => body).join('\n---\n');

  await decide();
  return {
    ...world,
    base,
    head,
    decide,
    write,
    deliver,
    replyTo,
    /** Types a comment and returns what is answered. */
    async type(body: string, overrides: Partial<IssueComment> = {}): Promise<string> {
      const comment = write(body, overrides);
      await deliver(comment);
      return replyTo(comment);
    },
    /** Our reactions to the newest comment. */
    reactions: (): readonly string[] => github.reactions.filter((one) => one.startsWith(`${comments} `)).map((one) => one.replace(/^\d+ /, '')),
    evaluations: (): number => github.calls.filter((method) => method === 'createCheck').length,
    votes: () => store.transaction((transaction) => transaction.voteRecords(github.ref.id, 1)),
    /** Entries about commands and what they gave. */
    async entries(): Promise<readonly string[]> {
      const entries = await store.audit.entries(github.ref.account.id, 0, 10_000);
      const read = entries.map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf)));
      return read.filter(({ event }) => event === 'command.run' || String(event).startsWith('approval.')).map(({ event, outcome }) => `${event} ${outcome}`);
    },
  };
}
