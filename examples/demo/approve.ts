import { setTimeout as wait } from 'node:timers/promises';
import type { GitHubServer } from '../../test/github/start-github.ts';
import type { DemoPull } from './scenario.ts';

const deadlineMs = 30_000;

/** An admin, who has no hand in the change, answers for what is held. Gives the comment and the reply to it. */
export async function approve(github: GitHubServer, pull: DemoPull): Promise<{ readonly comment: string; readonly reply: string }> {
  const comment = `/plumbline approve contract.bump ${pull.head.slice(0, 12)} agreed with the payments team`;
  const id = await github.comment(pull.repository, pull.number, comment, { as: 'lead' });
  for (const started = Date.now(); Date.now() - started < deadlineMs; await wait(50)) {
    const replies = (await github.comments(pull.repository, pull.number)).map((one) => String(one['body'])).filter((body) => body.includes(`plumbline:command-${id} `));
    const [reply] = replies;
    if (reply !== undefined) return { comment, reply: reply.replaceAll(/<!--[^>]*-->/g, '').trim() };
  }
  throw new Error('nobody answered the command in time');
}

/** The roll-up of a pull request, once it is green. */
export async function untilGreen(github: GitHubServer, { repository, head }: DemoPull): Promise<void> {
  for (const started = Date.now(); Date.now() - started < deadlineMs; await wait(50)) {
    const rollUps = (await github.checkRuns(repository, head)).filter(({ name }) => name === 'plumbline').toSorted((a, b) => Number(b['id']) - Number(a['id']));
    if (rollUps[0]?.['conclusion'] === 'success') return;
  }
  throw new Error('the approved change did not turn green in time');
}
