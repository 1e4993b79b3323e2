import assert from 'node:assert/strict';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { builtinEngine, noSecrets } from '../builders/builtin-answer.ts';
import { after, before, describe, it } from 'node:test';
import { evaluatePullRequest } from '../../src/flows/evaluate-pull-request.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { peopleOf } from '../../src/flows/people-of.ts';
import { performEffects } from '../../src/flows/perform-effects.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { emptyRecord } from '../../src/flows/empty-record.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { createProber } from '../../src/probes/prober.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aContract, configuration } from '../flows/a-world.ts';
import { changeDigestOf } from '../../src/domain/agent-evidence/change-digest-of.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { aFile } from '../builders/a-file.ts';
import { aCitation, aClaim, anEvidenceDocument, aSubject } from '../builders/an-evidence-document.ts';
import { connected } from './connected.ts';
import { memoryCache } from './memory-cache.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

describe('judging a pull request over the emulated GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let store: Store;
  let ports: FlowPorts;
  let record: () => Promise<void>;
  let ids = 0;

  before(async () => {
    github = await startGitHub();
    const contracts = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`contracts/c${index}.yaml`, aContract({ contractId: `c${index}` })]));
    ref = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration, ...contracts } });
    const clock = { now: () => new Date() };
    store = memoryStore({ clock });
    const validator = { prepare: () => {}, compare: async () => [], validate: async (wanted: readonly unknown[]) => wanted.map(() => ({ kind: 'valid' }) as const), close: async () => {} };
    const { app, log } = connected(github, { cache: store.cache });
    const made: FlowPorts = {
      store, github: app, clock, log, settlingMs: 0, engine: 'plumbline/test', requiredGates,
      newId: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
      builtinPlaybooks: async () => [], previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, validator }),
      proberFor: (objects, repository, asked, people) => createProber({ objects, releases: recordedReleases(store, repository, asked), validator, people, policies: builtinEngine, secrets: noSecrets }),
    };
    await recordPush(made, { repository: ref, ref: 'refs/heads/main' });
    // The record is there, but nothing that was read for it: cold is a cache without a single object.
    ports = { ...made, github: connected(github, { cache: memoryCache() }).app };
    record = () => recordPush(made, { repository: ref, ref: 'refs/heads/main' });
  });

  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, []);
  });

  async function judge(number: number): Promise<{ readonly reads: number; readonly writes: number }> {
    github.resetCounts();
    await evaluatePullRequest(ports, { repository: ref, number });
    return { reads: github.counts().reads, writes: github.counts().writes };
  }

  async function perform(number: number, head: string): Promise<{ readonly reads: number; readonly writes: number }> {
    github.resetCounts();
    for (const group of [`head:${head}`, `comment:${number}`]) await performEffects(ports, { repository: ref, group });
    return { reads: github.counts().reads, writes: github.counts().writes };
  }

  it('costs 7 reads cold and 3 warm where the base has moved on, by the flow that the server runs', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`contracts/c${index}.yaml`, aContract({ contractId: `c${index}`, contractVersion: '1.0.1' })]));
    await github.commitFiles(ref, 'topic', files);
    await github.commitFiles(ref, 'main', { 'README.md': 'The base has moved on.\n' });
    await record();
    const { number } = await github.openPullRequest(ref, { branch: 'topic', as: 'dev' });
    assert.deepEqual([await judge(number), await judge(number)], [{ reads: 7, writes: 0 }, { reads: 3, writes: 0 }]);
  });

  it('costs one read more to know everybody: who took part, what they said, and who of them is in which team', async () => {
    await github.commitFiles(ref, 'people', { 'README.md': 'Ours.\n' }, 'Ours', { as: 'dev', author: 'alice' });
    const { number } = await github.openPullRequest(ref, { branch: 'people', as: 'dev' });
    github.team('governance', ['alice']);
    const repository = ports.github.repository(ref);
    const facts = await repository.pullRequest(number);
    assert.ok(facts !== null);
    const people = peopleOf(ports, repository, { repository: ref, members: [facts], reviews: false, isGroup: false });
    github.resetCounts();
    const { people: contributors } = await people.contributors();
    await people.votes();
    const everybody = await Promise.all(['alice', 'dev', 'reader'].map(async (login) => ({ login, id: await github.idOf(login) })));
    const asked = everybody.flatMap((one) => ['team:governance', 'team:platform', 'team:security'].map((group) => ({ ...one, group: group as `team:${string}` })));
    const answers = await people.memberships(asked);
    assert.deepEqual([contributors.map(({ login, via }) => [login, ...via]), answers.filter((answer) => answer.kind === 'answered' && answer.value.kind === 'told' && answer.value.isIn === true).length], [[['alice', 'commit'], ['dev', 'author']], 1]);
    assert.deepEqual(github.counts().reads, 1);
  });

  it('looks up what an agent cites: one comparison for each other commit, and two reads for its files', async () => {
    const cart = { path: 'src/cart.ts', base: 'export const total = 1;\n', head: 'export const total = 2;\n' };
    const shop = await github.createRepository('cited', { files: { '.github/plumbline.yml': 'version: 1\nhallucination: {agents: [{login: "*[bot]"}]}\n', [cart.path]: cart.base, link: { mode: '120000', content: 'docs/cart.md' } } });
    const older = await github.commitFiles(shop, 'main', { 'docs/cart.md': 'The cart adds up its items, with taxes and fees.\n' });
    await github.commitFiles(shop, 'main', { 'docs/cart.md': 'The cart adds up its items, without taxes.\n' });
    const elsewhere = await github.commitFiles(shop, 'elsewhere', { 'docs/cart.md': 'The cart adds up nothing of its items, ever.\n' });
    await recordPush(ports, { repository: shop, ref: 'refs/heads/main' });
    const subject = aSubject({ repository: 'acme/cited', change_digest: changeDigestOf({ files: [aFile(cart)] }, []) });
    const quoting = (quote: string, more: JsonObject = {}): JsonObject => aCitation({ start_line: 1, end_line: 1, quote, ...more });
    const read = async (branch: string, citations: Readonly<Record<string, JsonObject>>): Promise<readonly [number, readonly string[] | undefined]> => {
      const claims = Object.entries(citations).map(([id, citation]) => aClaim({ id, citations: [citation] }));
      await github.commitFiles(shop, branch, { [cart.path]: cart.head, '.plumbline/evidence/a.json': JSON.stringify(anEvidenceDocument({ subject, claims })) });
      const { number } = await github.openPullRequest(shop, { branch, as: 'dev' });
      github.resetCounts();
      await evaluatePullRequest({ ...ports, github: connected(github, { cache: memoryCache() }).app }, { repository: shop, number });
      const decided = await store.transaction((transaction) => transaction.newestDecision(shop.id, `pull-request:${number}`));
      const record = decided?.decision.verdicts.find(({ gate }) => gate === 'hallucination')?.verification;
      return [github.counts().reads, record?.claims.map(({ id, verdict }) => `${id} ${verdict}`)];
    };
    const [without] = await read('uncited', {});
    const ofMergeBase = { now: quoting('The cart adds up its items, without taxes.'), linked: quoting('The cart adds up its items, without taxes.', { path: 'link' }) };
    const [few, verdicts] = await read('few', ofMergeBase);
    const ofOthers = { before: quoting('The cart adds up its items, with taxes and fees.', { revision: older }), elsewhere: quoting('The cart adds up nothing of its items, ever.', { revision: elsewhere }), nowhere: quoting('The cart adds up its items, without taxes.', { revision: 'f'.repeat(40) }) };
    const [more, others] = await read('more', { ...ofMergeBase, ...ofOthers });
    assert.deepEqual([few - without, more - few], [2, 5]);
    assert.deepEqual([verdicts, others], [['now verified', 'linked unsupported'], ['now verified', 'linked unsupported', 'before verified', 'elsewhere unsupported', 'nowhere unsupported']]);
  });

  it('posts the roll-up, one run per gate and the comment, each once', async () => {
    await github.commitFiles(ref, 'posted', { 'contracts/c1.yaml': aContract({ contractId: 'c1', contractVersion: '1.0.2' }) });
    const { number, head } = await github.openPullRequest(ref, { branch: 'posted', as: 'dev' });
    await judge(number);
    assert.deepEqual(await perform(number, head), { reads: 1, writes: 4 });
    assert.deepEqual(await perform(number, head), { reads: 0, writes: 0 });
    const names = (await github.checkRuns(ref, head)).map((run) => String(run['name']));
    assert.deepEqual(names.toSorted(), ['plumbline', 'plumbline / contracts', 'plumbline / governance']);
    assert.equal((await github.comments(ref, number)).length, 1);
  });
});
