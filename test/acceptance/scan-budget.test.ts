import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import type { Exchange } from '../github/proxy.ts';
import { spentOn } from '../github/spent.ts';
import type { Spent } from '../github/spent.ts';
import { startGitHub } from '../github/start-github.ts';
import type { GitHubServer } from '../github/start-github.ts';
import { aScannedAccount } from './scanned-account.ts';
import type { ScannedAccount } from './scanned-account.ts';
import { ScanningServer } from './scanning-server.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';

/** Repositories, how many of them drift beyond what one scan may remediate and within it, and content that people may be told of in a minute, with which all budgets grow, and hours until the digest tells. */
const size = isLong ? { repositories: 1_000, beyond: 300, within: 90, content: 80, told: 0.3 } : { repositories: 24, beyond: 8, within: 3, content: 10, told: 0.15 };
const scale = size.content / 80;
const hour = 60 * 60_000;

describe(`a scan of ${size.repositories} repositories within the budgets of one installation`, () => {
  const clock = fakeClock(new Date(Date.now() + 1_000).toISOString());
  const store = memoryStore({ clock });
  const log = fakeLog();
  let github: GitHubServer;
  let account: ScannedAccount;
  let server: ScanningServer;

  const openServer = (): ScanningServer => new ScanningServer({ github, store, clock, log, writesPerMinute: size.content });

  before(async () => {
    github = await startGitHub({ now: () => clock.now() });
    account = await aScannedAccount(github, size.repositories);
    server = openServer();
  });
  beforeEach(() => github.resetCounts());
  after(async () => {
    await server.close();
    await github.stop();
  });

  /** What a scan and all that follows it within a while cost, in which nothing was given up and no budget overdrawn. */
  async function scan(context: TestContext, hours = 1): Promise<Spent> {
    await server.beginScan();
    await server.pass(hours * hour);
    const spent = spentOn(ours());
    context.diagnostic(JSON.stringify(spent));
    assert.deepEqual(server.buried(), []);
    assertWithin(spent);
    return spent;
  }

  const ours = (): readonly Exchange[] => github.requests().filter(({ by }) => by === 'app' || by === 'installation');

  const allOpened = (): readonly Exchange[] => ours().filter(({ method, path, status }) => method === 'POST' && path.endsWith('/pulls') && status === 201);

  const writesFor = ({ id, owner, name }: RepositoryRef): number =>
    ours().filter(({ kind, path, requestBody }) => (kind === 'write' && path.startsWith(`/repos/${owner}/${name}/`)) || (kind === 'mutation' && JSON.stringify(requestBody).includes(`"R_${id}"`))).length;

  /** All of the installation's, for people and for us: primary, secondary, and of content. */
  function assertWithin({ most }: Spent): void {
    const told = JSON.stringify(most);
    assert.ok(most.restByHour <= 5_000, told);
    assert.ok(most.graphqlByHour <= 5_000, told);
    assert.ok(most.pointsByMinute <= 900 * scale, told);
    assert.ok(most.contentByMinute <= 80 * scale, told);
    assert.ok(most.contentByHour <= 500 * scale, told);
    assert.ok(most.pullRequestsByHour <= 150 * scale, told);
  }

  const asked = (kind: Exchange['kind']): readonly string[] => ours().filter((one) => one.by === 'installation' && one.kind === kind && one.path !== '/installation/repositories').map(({ path }) => path);

  /** Asked to learn which repositories there are, a hundred at a time; the organisation's configuration, once in five minutes. */
  const listing = Math.ceil((size.repositories + 1) / 100);

  it('asks at most six times about one that was never seen, and once conditionally to confirm what it found', async (context) => {
    const { reads, conditional, queries, writes } = await scan(context);
    assert.deepEqual([conditional, writes], [size.repositories, 0]);
    assert.ok(reads + queries <= 6 * (size.repositories + 1) + listing, `${reads} reads and ${queries} queries`);
  });

  it('asks once, conditionally, about one in which nothing changed, also after a restart', async (context) => {
    await server.close();
    server = openServer();
    const { conditional, queries, writes } = await scan(context);
    assert.deepEqual([asked('read'), conditional, writes], [[], size.repositories + 1, 0]);
    assert.ok(queries <= 3, `${queries} queries about the configuration of the organisation`);
  });

  it(`writes one digest and nothing else when ${size.beyond} drift`, async (context) => {
    await account.drift(account.repositories.slice(0, size.beyond));
    github.resetCounts();
    const { writes } = await scan(context);
    const [digest, ...others] = await github.issues(account.home);
    assert.deepEqual([writes, digest?.['state'], others], [1, 'open', []]);
    assert.match(String(digest?.['title']), /a detector may be broken/);
    assert.match(String(digest?.['body']), new RegExp(`Of ${size.repositories} repositories with behaviours ${size.beyond} drift`));
  });

  it(`opens ${size.within} pull requests in four writes each, as fast as the budgets let it, and lists meanwhile what waits`, async (context) => {
    const drifting = account.repositories.slice(-size.within);
    await account.mend(account.repositories.slice(0, size.beyond));
    await account.drift(drifting);
    github.resetCounts();
    await scan(context, size.told);
    const first = allOpened().length;
    assert.ok(first < size.within, `${first} pull requests`);
    assert.match(String((await github.issues(account.home))[0]?.['body']), /### Held back \(\d+\)[^]*no more pull requests may be opened for now/);
    await server.pass(hour);
    const spent = spentOn(ours());
    context.diagnostic(JSON.stringify(spent));
    assertWithin(spent);
    // Four to see what changed; two for each that is opened, and one for each look at one that waits.
    assert.ok(spent.reads + spent.queries <= 4 * (size.beyond + size.within) + 4 * size.within + listing + 10, JSON.stringify(spent));
    assert.deepEqual(server.buried(), []);
    assert.deepEqual(allOpened().map(({ path }) => path).toSorted(), drifting.map(({ owner, name }) => `/repos/${owner}/${name}/pulls`).toSorted());
    for (const repository of drifting) assert.equal(writesFor(repository), 4);
    assert.deepEqual((await github.issues(account.home)).map(({ state }) => state), ['closed']);
  });
});
