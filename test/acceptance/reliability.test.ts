import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { aContract, hashOf } from '../builders/a-contract.ts';
import { comeToRest } from '../crash/come-to-rest.ts';
import { brokenInvariants } from '../crash/invariants.ts';
import { letWaitsPass, withOpenedStore } from '../crash/opened-store.ts';
import type { StorePlace } from '../crash/opened-store.ts';
import type { Hostility } from '../github/hostile.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { startPlumbline } from './a-plumbline.ts';
import type { Plumbline, WantedCheck } from './a-plumbline.ts';
import { eventually } from './eventually.ts';

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = { 'contracts/checkout.yaml': aContract({ spec: { limit: 9 } }) };
const bump = { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) };

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const seeds = isLong ? [1, 2, 3, 4, 5] : [1];
const ways: readonly (readonly [string, Omit<Hostility, 'seed'>])[] = isLong
  ? [
      ['is slow', { latency: 800 }],
      ['answers 502', { errorRate: 0.25 }],
      ['stops in the middle of answers', { truncate: 0.25 }],
      ['shows a page instead of JSON', { html: 0.25 }],
      ['limits', { secondaryLimit: 0.2 }],
      ['performs creates and does not say so', { ambiguousCreates: 0.6 }],
      ['delivers twice and out of order', { duplicateDeliveries: 0.7, reorderDeliveries: 0.7 }],
      ['does all of it', { latency: 200, errorRate: 0.06, truncate: 0.06, html: 0.06, secondaryLimit: 0.06, ambiguousCreates: 0.3, duplicateDeliveries: 0.4, reorderDeliveries: 0.4 }],
    ]
  : [
      ['answers late, 502, a page, or half of it', { latency: 100, errorRate: 0.08, truncate: 0.08, html: 0.08 }],
      ['limits', { secondaryLimit: 0.08 }],
      ['performs creates without saying so, and delivers twice and out of order', { ambiguousCreates: 0.6, duplicateDeliveries: 0.7, reorderDeliveries: 0.7 }],
    ];

const postgres = await startPostgres();

if (typeof postgres === 'string') {
  it('a server in trouble', { skip: `NOT TESTED: ${postgres}` }, () => {});
} else {
  after(() => postgres.stop());
  describe('a server in trouble', () => troubles(postgres.url));
}

function troubles(databaseUrl: string): void {
  let plumbline: Plumbline;
  let place: StorePlace;
  let silent: { readonly repository: RepositoryRef; readonly head: string };
  const repositories: RepositoryRef[] = [];

  before(async () => {
    plumbline = await startPlumbline({ databaseUrl, environment: { LEASE_MS: '5000' } });
    place = { directory: plumbline.directory, databaseUrl };
  });
  after(() => plumbline.abandon());

  it('events that were never sent are found at the next start', async () => {
    const repository = await governed('unsent');
    plumbline.github.deliverTo(null);
    const { head } = await plumbline.pull(repository, 'fix', mutated);
    await plumbline.stop();
    await plumbline.start();
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
  });

  it('deliveries that failed while the server was down are asked for again, under their ids', async () => {
    const repository = await governed('undelivered');
    await plumbline.stop();
    const { head } = await plumbline.pull(repository, 'bump', bump);
    await plumbline.github.settled();
    const failed = plumbline.github.deliveries().filter((one) => one.statusCode === 0).map((one) => one.guid);
    assert.ok(failed.length >= 2);
    await plumbline.start();
    await plumbline.check(repository, head, { is: 'success' });
    await eventually('all failed deliveries succeeded', async () => {
      const done = new Set(plumbline.github.deliveries().filter((one) => one.statusCode === 202).map((one) => one.guid));
      return failed.every((guid) => done.has(guid)) ? true : null;
    });
  });

  it('a job that GitHub refuses for good ends among the dead letters, and its check says that Plumbline failed', async () => {
    const repository = await governed('poison');
    const head = await plumbline.github.commitFiles(repository, 'bump', bump, 'Bump', { as: 'dev' });
    for (let time = 0; time < 60; time += 1) plumbline.github.failNext(new RegExp(`/repos/acme/poison/git/trees/${head}`), refused);
    const { number } = await plumbline.github.openPullRequest(repository, { branch: 'bump', as: 'dev' });
    await waitingShort(repository, head, { is: 'failure', says: /Plumbline tried several times and failed/ });
    const buried = await withOpenedStore(place, ({ database }) => database.selectFrom('buried_jobs').select(['key', 'code']).execute());
    assert.deepEqual(buried, [{ key: `evaluate:${repository.id}:${number}`, code: 'GITHUB_REFUSED' }]);
    const events = (await plumbline.auditEntries()).map((entry) => entry['event']);
    assert.equal(events.filter((event) => event === 'job.buried').length, 1);
  });

  it('an answer that never comes holds nothing else up', async () => {
    const repository = await governed('silence');
    const head = await plumbline.github.commitFiles(repository, 'fix', mutated, 'Fix', { as: 'dev' });
    plumbline.github.failNext(new RegExp(`/repos/acme/silence/git/trees/${head}`), { kind: 'hang' });
    await plumbline.github.openPullRequest(repository, { branch: 'fix', as: 'dev' });
    silent = { repository, head };
    const other = await governed('beside-silence');
    const quick = await plumbline.pull(other, 'fix', mutated);
    await plumbline.check(other, quick.head, { is: 'failure', says: /immutable_changed/ });
    assert.ok((await plumbline.checks(repository, silent.head)).every((run) => run.status !== 'completed'));
  });

  for (const [title, hostility] of ways) {
    for (const seed of seeds) {
      it(`a GitHub that ${title} (seed ${seed}) gets the right checks in the end, each once`, async () => {
        const repository = await governed(`hostile-${repositories.length}`);
        plumbline.github.hostile({ seed, ...hostility });
        const bad = await plumbline.pull(repository, 'fix', mutated);
        const good = await plumbline.pull(repository, 'bump', bump);
        await waitingShort(repository, bad.head, { is: 'failure', says: /immutable_changed/ });
        await waitingShort(repository, good.head, { is: 'success' });
        const mended = await plumbline.github.commitFiles(repository, 'fix', { 'contracts/checkout.yaml': aContract(), 'README.md': 'mended\n' }, 'Mend', { as: 'dev' });
        await waitingShort(repository, mended, { is: 'success' });
        plumbline.github.hostile(null);
      });
    }
  }

  it('what waited for the silent answer was asked again and has its check', async () => {
    await plumbline.check(silent.repository, silent.head, { is: 'failure', says: /immutable_changed/ });
  });

  it('after all of it every invariant holds', async () => {
    await comeToRest(plumbline, repositories, place);
    const problems = await withOpenedStore(place, (opened) => brokenInvariants({ github: plumbline.github, repositories, opened, output: plumbline.lines }));
    assert.deepEqual(problems, []);
    await plumbline.finish();
  });

  async function governed(name: string): Promise<RepositoryRef> {
    const repository = await plumbline.repository(name, released);
    repositories.push(repository);
    return repository;
  }

  /** As `check`, with the waits before another attempt cut short, as if their time had come. */
  async function waitingShort(repository: RepositoryRef, head: string, wanted: WantedCheck): Promise<void> {
    const passing = setInterval(() => void withOpenedStore(place, letWaitsPass), 700);
    await plumbline.check(repository, head, wanted).finally(() => clearInterval(passing));
  }
}

const refused = { kind: 'answer', status: 403, body: '{"message":"Resource not accessible by integration"}', headers: { 'content-type': 'application/json' } } as const;
