import { aScannedAccount } from '../../test/acceptance/scanned-account.ts';
import { spentOn } from '../../test/github/spent.ts';
import type { Spent } from '../../test/github/spent.ts';
import { startGitHub } from '../../test/github/start-github.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure } from '../measure.ts';
import { onPostgres } from '../parts/databases.ts';
import type { Scanned } from '../parts/scanning.ts';
import { startScanner } from '../parts/start-scanner.ts';
import type { Scanner } from '../parts/start-scanner.ts';

/**
 * What a scan of an account takes: calls, counted at the emulated GitHub, time, and what the server holds. Time stands still for it while
 * it works, as if GitHub answered at once, so that budgets are met as fast as they can be.
 */
export const scan: Measure = {
  name: 'scan',
  async run({ quick, say }) {
    const count = quick ? 20 : 1_000;
    const github = await startGitHub();
    try {
      say(`${count} repositories to scan`);
      const { repositories } = await aScannedAccount(github, count);
      // The repository for the digest is scanned too.
      return await scannedTwice(github, repositories.length + 1, say);
    } finally {
      await github.stop();
    }
  },
};

interface Costs {
  readonly scanned: Scanned;
  readonly spent: Spent;
}

async function scannedTwice(github: GitHubServer, repositories: number, say: (text: string) => void): Promise<readonly Figure[]> {
  const costs: Costs[] = [];
  await onPostgres(async ({ url, folder }) => {
    const { appId, privateKey } = github;
    const scanner = await startScanner({ url: github.url, appId, privateKey, databaseUrl: url, folder, repositories });
    try {
      for (const what of ['first', 'unchanged']) {
        say(`scan, ${what}`);
        costs.push(await costsOf(github, scanner));
      }
    } finally {
      await scanner.stop();
    }
  });
  const [first, unchanged] = costs;
  if (first === undefined || unchanged === undefined) throw new Error('Cannot measure a scan: it was not scanned twice');
  return figuresOf(repositories, first, unchanged);
}

async function costsOf(github: GitHubServer, scanner: Scanner): Promise<Costs> {
  github.resetCounts();
  const scanned = await scanner.scan();
  return { scanned, spent: spentOn(github.requests()) };
}

function figuresOf(repositories: number, first: Costs, unchanged: Costs): readonly Figure[] {
  const calls = { unit: 'calls', better: 'lower', scales: 'none' } as const;
  const { reads, queries } = first.spent;
  const counted = unchanged.spent.reads + unchanged.spent.queries;
  const rate = { unit: '/s', better: 'higher', scales: 'speed', target: null } as const;
  return [
    { id: 'scan.unchanged', what: 'conditional requests about a repository in which nothing changed', value: unchanged.spent.conditional / repositories, target: atMost(1), ...calls },
    { id: 'scan.unchanged.counted', what: `requests that count against an hour, to scan ${repositories} unchanged`, value: counted, target: atMost(5_000), ...calls },
    { id: 'scan.first', what: 'requests that count about one never seen', value: (reads + queries) / repositories, target: null, ...calls },
    { id: 'scan.first.rest', what: `  of REST, about ${repositories} never seen`, value: reads, target: atMost(5_000), ...calls },
    { id: 'scan.first.graphql', what: '  of GraphQL', value: queries, target: atMost(5_000), ...calls },
    { id: 'scan.mints', what: 'tokens minted for a repository', value: unchanged.spent.mints / repositories, target: null, ...calls },
    { id: 'scan.first.rate', what: 'repositories scanned, never seen', value: repositories / first.scanned.seconds, ...rate },
    { id: 'scan.unchanged.rate', what: 'repositories scanned, unchanged', value: repositories / unchanged.scanned.seconds, ...rate },
    { id: 'scan.memory', what: `memory in use after ${repositories}, against a tenth of them`, value: first.scanned.heapLate / first.scanned.heapEarly, unit: 'times', better: 'lower', scales: 'none', target: atMost(1.2) },
  ];
}
