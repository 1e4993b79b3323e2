import { setTimeout as wait } from 'node:timers/promises';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { webhookPath } from '../../src/web/create-web.ts';
import { runServer } from '../../test/github/run-server.ts';
import type { RunningServer } from '../../test/github/run-server.ts';
import { startGitHub } from '../../test/github/start-github.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure, MeasureOptions } from '../measure.ts';
import { onEachDatabase } from '../parts/databases.ts';
import type { Database } from '../parts/databases.ts';
import { deliveryBodies } from '../parts/delivery-bodies.ts';
import { keptGuids } from '../parts/kept-guids.ts';
import { percentile } from '../parts/percentiles.ts';
import { residentMemory } from '../parts/resident-memory.ts';
import { medianOf, rounds } from '../parts/rounds.ts';
import { sendDeliveries } from '../parts/send-deliveries.ts';
import type { Sent } from '../parts/sending.ts';

const pulls = 20;
const drainMs = 1_000;

/**
 * How long a delivery waits for its 202 under a steady load, and whether each one that got it is in the store after the
 * server has stopped. The server judges meanwhile: every delivery asks for an evaluation, over the emulated GitHub.
 */
export const ack: Measure = {
  name: 'ack',
  async run(options) {
    const figures: Figure[] = [];
    await onEachDatabase(async (database) => {
      const github = await startGitHub();
      try {
        figures.push(...(await underLoad(database, github, options)));
      } finally {
        await github.stop();
      }
    });
    return figures;
  },
};

interface Round {
  readonly sent: readonly Sent[];
  /** Before it, in MB. */
  readonly memory: number | undefined;
}

async function underLoad(database: Database, github: GitHubServer, { quick, say }: MeasureOptions): Promise<readonly Figure[]> {
  const perSecond = database.name === 'Postgres' ? 200 : 25;
  const { repository, numbers } = await ungoverned(github);
  const bodies = deliveryBodies(repository, numbers, github.webhookSecret);
  const server = await runServer({ github, dataDirectory: database.folder, ...(database.url === null ? {} : { databaseUrl: database.url }) });
  let results: readonly Round[];
  try {
    results = await rounds(quick ? 1 : 3, async (round) => {
      say(`ack on ${database.name}, ${perSecond} deliveries/s, round ${round + 1}`);
      const memory = residentMemory(server.pid)?.now;
      const sent = await sendDeliveries({ url: `${server.url}${webhookPath}`, bodies, perSecond, seconds: quick ? 2 : 20 });
      await wait(drainMs);
      return { sent, memory };
    });
    return figuresOf(`${database.name}, ${perSecond}/s`, database, results, residentMemory(server.pid), await lostOf(server, database, results));
  } finally {
    await server.stop();
  }
}

/** Pull requests that exist, in a repository that nothing governs: the server looks each up and finds nothing to judge. */
async function ungoverned(github: GitHubServer): Promise<{ readonly repository: RepositoryRef; readonly numbers: readonly number[] }> {
  const repository = await github.createRepository('ungoverned', { files: { 'README.md': 'Nothing is governed here.\n' } });
  const numbers: number[] = [];
  for (let pull = 0; pull < pulls; pull += 1) {
    await github.commitFiles(repository, `topic-${pull}`, { 'README.md': `Change ${pull}.\n` });
    numbers.push((await github.openPullRequest(repository, { branch: `topic-${pull}`, as: 'dev' })).number);
  }
  return { repository, numbers };
}

/** Deliveries that were acknowledged and are not in the store once the server has stopped. */
async function lostOf(server: RunningServer, database: Database, results: readonly Round[]): Promise<number> {
  await server.stop();
  const kept = await keptGuids(database);
  return results.flatMap(({ sent }) => sent).filter(({ guid, status }) => isAcknowledged(status) && !kept.has(guid)).length;
}

function isAcknowledged(status: number): boolean {
  return status >= 200 && status < 300;
}

function figuresOf(where: string, { name }: Database, results: readonly Round[], memory: ReturnType<typeof residentMemory>, lost: number): readonly Figure[] {
  const at = (share: number): number => medianOf(results, ({ sent }) => percentile(sent.map(({ ackMs }) => ackMs), share));
  const refused = results.flatMap(({ sent }) => sent).filter(({ status }) => !isAcknowledged(status)).length;
  const p99Target = name === 'Postgres' ? atMost(50) : null;
  const time = { unit: 'ms', better: 'lower', scales: 'speed' } as const;
  const count = { unit: '', better: 'lower', scales: 'none', target: atMost(0) } as const;
  const space = { unit: 'MB', better: 'lower', scales: 'none' } as const;
  const memories = [['before', results[0]?.memory], ['after', memory?.now], ['most', memory?.most]] as const;
  return [
    { id: `ack.p50.${name}`, what: `ack p50, ${where}`, value: at(0.5), target: null, ...time },
    { id: `ack.p99.${name}`, what: `ack p99, ${where}`, value: at(0.99), target: p99Target, ...time },
    { id: `ack.max.${name}`, what: `ack max, ${where}`, value: at(1), target: null, ...time },
    { id: `ack.refused.${name}`, what: `deliveries without a 2xx, ${where}`, value: refused, ...count },
    { id: `ack.lost.${name}`, what: `acknowledged deliveries lost, ${where}`, value: lost, ...count },
    ...memories.flatMap(([when, value]) => (value === undefined ? [] : [{ id: `ack.memory.${when}.${name}`, what: `server memory, ${when}, ${name}`, value, target: when === 'before' || name === 'PGlite' ? null : atMost(512), ...space }])),
  ];
}
