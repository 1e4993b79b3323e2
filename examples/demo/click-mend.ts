import { setTimeout as wait } from 'node:timers/promises';
import type { GitHubServer } from '../../test/github/start-github.ts';
import type { DemoPull } from './scenario.ts';

const deadlineMs = 30_000;

/** Clicks the button of the first check that has one, as a person who may write, and gives the pull request with its new head. */
export async function clickMend(github: GitHubServer, pulls: readonly DemoPull[]): Promise<DemoPull> {
  for (const pull of pulls) {
    const runs = await github.checkRuns(pull.repository, pull.head);
    const run = runs.find(({ id }) => github.actions(Number(id)).length > 0);
    if (run === undefined) continue;
    await github.clickAction(pull.repository, Number(run['id']), 'mend', { as: 'dev' });
    return { ...pull, head: await newHead(github, pull) };
  }
  throw new Error('no check has a button');
}

async function newHead(github: GitHubServer, { repository, head, branch }: DemoPull): Promise<string> {
  for (const started = Date.now(); Date.now() - started < deadlineMs; await wait(50)) {
    const tip = await github.branchTip(repository, branch);
    if (tip !== null && tip !== head) return tip;
  }
  throw new Error(`nothing was committed on ${branch} in time`);
}
