import { setTimeout as wait } from 'node:timers/promises';
import type { GitHubServer } from '../../test/github/start-github.ts';
import type { DemoPull } from './scenario.ts';

export interface Progress {
  write(text: string): void;
  /** A terminal: one line that is overwritten. */
  readonly isLive: boolean;
}

const deadlineMs = 60_000;

/** Watches the roll-up of every governed pull request until all are concluded and nothing changes any more. */
export async function waitForChecks(github: GitHubServer, pulls: readonly DemoPull[], progress: Progress): Promise<void> {
  const governed = pulls.filter((pull) => pull.isGoverned);
  let shown = '';
  let quietSince = Date.now();
  for (const started = Date.now(); Date.now() - started < deadlineMs; await wait(100)) {
    const states = await Promise.all(governed.map(async (pull) => `#${pull.number} ${await rollUpOf(github, pull)}`));
    const line = states.join('   ');
    if (line !== shown) {
      progress.write(progress.isLive ? `\r\u001b[2K  ${line}` : `  ${line}\n`);
      shown = line;
      quietSince = Date.now();
    }
    if (states.every((state) => /success|failure|action_required/.test(state)) && Date.now() - quietSince > 1_000) {
      if (progress.isLive) progress.write('\n');
      return;
    }
  }
  throw new Error(`not every roll-up was concluded in time: ${shown}`);
}

async function rollUpOf(github: GitHubServer, pull: DemoPull): Promise<string> {
  const runs = await github.checkRuns(pull.repository, pull.head);
  const newest = runs.filter((run) => run['name'] === 'plumbline').toSorted((a, b) => Number(b['id']) - Number(a['id']))[0];
  return newest === undefined ? 'waiting' : String(newest['conclusion'] ?? newest['status']);
}
