import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { BehaviorSample } from '../../src/domain/sample/behavior-sample.ts';
import type { BehaviorSource } from '../../src/domain/behavior/behavior-source.ts';
import type { SourceReading } from '../../src/domain/behavior/source-reading.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { comparingAdapters } from '../../src/config/server-behaviors.ts';
import { emptyRecord } from '../../src/flows/empty-record.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { createBehaviorReader } from '../../src/probes/behavior-sources/behavior-reader.ts';
import { createProber } from '../../src/probes/prober.ts';
import { aSample } from '../builders/a-sample.ts';
import { isFailure } from '../builders/is-failure.ts';
import { builtinEngine, noSecrets } from '../builders/builtin-answer.ts';
import { zipFile } from '../builders/zip-file.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aContract, configuration } from '../flows/a-world.ts';
import { blobOf } from '../builders/content.ts';
import { connected } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';
import { aService } from '../probes/behavior-sources/a-service.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const validator = { prepare: () => {}, compare: async () => [], validate: async (wanted: readonly unknown[]) => wanted.map(() => ({ kind: 'valid' }) as const), close: async () => {} };

/** An answer that is not as GitHub describes it: that passes. */
const garbled = (body: string) => ({ kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body }) as const;

interface Asking {
  readonly head?: string | null;
  readonly documents?: Readonly<Record<string, JsonValue>>;
}

describe('the sources that compare by themselves, over an emulated GitHub', () => {
  let github: GitHubServer;
  let ports: FlowPorts;
  let count = 0;

  before(async () => {
    github = await startGitHub();
    const clock = { now: () => now };
    const store = memoryStore({ clock });
    const { app, log } = connected(github, { cache: store.cache });
    const proberFor = (objects: Parameters<FlowPorts['proberFor']>[0], repository: RepositoryRef) => createProber({ objects, releases: recordedReleases(store, repository, { branch: 'main', awaited: null }), validator, policies: builtinEngine, secrets: noSecrets });
    ports = { store, github: app, clock, log, settlingMs: 0, engine: 'plumbline/test', requiredGates, newId: () => `00000000-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`, builtinPlaybooks: async () => [], previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, validator }), proberFor };
  });

  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, [], 'every request and answer is as GitHub describes it');
  });

  async function ask(repository: RepositoryRef, source: BehaviorSource, { head = null, documents = {} }: Asking = {}): Promise<SourceReading> {
    const releases = recordedReleases(ports.store, repository, { branch: 'main', awaited: null });
    const objects = ports.github.repository(repository);
    const reader = createBehaviorReader(comparingAdapters(ports, github.url, { repository, branch: 'main', releases, prober: createProber({ objects, releases, validator }) }));
    const base = (await github.branchTip(repository, 'main')) ?? '';
    return await reader.read({ name: 'compared', source, base, head, documents: Object.entries(documents).map(([path, value]) => ({ path, blob: 'a'.repeat(40), value })) });
  }

  const found = (reading: SourceReading): JsonValue => (reading.kind === 'answered' ? reading.value : `${reading.kind}: ${reading.why}`);
  const repositoryWith = async (files: Readonly<Record<string, string>>): Promise<RepositoryRef> => await github.createRepository(`shop-${(count += 1)}`, { files });

  // ---------------------------------------------------------------- repository-files

  const managed: BehaviorSource = { kind: 'repository-files', files: [{ path: 'LICENSE', template: 'templates/LICENSE' }] };

  it('repository-files compares the default branch with its templates, without reading a file', async () => {
    const shop = await repositoryWith({ 'templates/LICENSE': 'Ours\n', LICENSE: 'Ours\n' });
    assert.deepEqual(await ask(shop, managed), { kind: 'answered', value: { differences: [] }, observedAt: now.toISOString(), generator: null });
    await github.commitFiles(shop, 'main', { LICENSE: 'Theirs\n' });
    github.resetCounts();
    assert.deepEqual(found(await ask(shop, managed)), { differences: [{ kind: 'changed', path: 'LICENSE', template: 'templates/LICENSE', expected: { blob: blobOf('Ours\n'), mode: '100644' }, found: { blob: blobOf('Theirs\n'), mode: '100644' } }] });
    assert.deepEqual(github.requests().filter(({ kind }) => kind !== 'mint').map(({ path }) => path.replace(/[0-9a-f]{40}/, 'TIP')), [`/repos/acme/${shop.name}/git/trees/TIP`]);
  });

  it('repository-files of a change looks at what a merge would make: only what the change itself does counts, against the templates of the base', async () => {
    const shop = await repositoryWith({ 'templates/LICENSE': 'Ours\n', LICENSE: 'Ours\n' });
    const old = await github.commitFiles(shop, 'old', { 'README.md': 'x' });
    await github.commitFiles(shop, 'main', { 'templates/LICENSE': 'Newer\n', LICENSE: 'Newer\n' });
    assert.deepEqual(found(await ask(shop, managed, { head: old })), { differences: [] });
    const evil = await github.commitFiles(shop, 'evil', { 'templates/LICENSE': 'Mine\n', LICENSE: 'Mine\n' });
    const differences = found(await ask(shop, managed, { head: evil }));
    assert.deepEqual(differences, { differences: [{ kind: 'changed', path: 'LICENSE', template: 'templates/LICENSE', expected: { blob: blobOf('Newer\n'), mode: '100644' }, found: { blob: blobOf('Mine\n'), mode: '100644' } }] });
  });

  it('repository-files reads templates of the organisation at the tip of its own repository, and says so where there is none', async () => {
    const shared: BehaviorSource = { kind: 'repository-files', files: [{ path: 'CODEOWNERS', template: 'org:templates/CODEOWNERS' }] };
    const shop = await repositoryWith({ CODEOWNERS: '* @acme/all\n' });
    assert.equal(found(await ask(shop, shared)), 'no-signal: the templates of the organisation can not be read: this App sees no repository .github of it');
    const personal = { ...shop, account: { ...shop.account, kind: 'user' as const } };
    assert.equal(found(await ask(personal, shared)), 'no-signal: the templates of the organisation can not be read: the account is a person, expected an organisation');
    await github.createRepository('.github', { files: { 'templates/CODEOWNERS': '* @acme/owners\n' } });
    const fresh = await repositoryWith({ CODEOWNERS: '* @acme/owners\n' });
    assert.deepEqual(found(await ask(fresh, shared)), { differences: [] });
    assert.equal(JSON.stringify(found(await ask(shop, shared))).includes('"kind":"changed"'), true);
    assert.equal(found(await ask(shop, { kind: 'repository-files', files: [{ path: 'CODEOWNERS', template: 'org:nothing' }] })), 'no-signal: the template "org:nothing" is not there, expected a file');
  });

  it('repository-files gives no signal where GitHub refuses a tree, and waits where it garbles one', async () => {
    const shop = await repositoryWith({ 'templates/LICENSE': 'Ours\n', LICENSE: 'Ours\n' });
    for (const fault of [{ kind: 'answer', status: 404, body: '{"message":"Not Found"}' }, { kind: 'answer', status: 403, body: '{"message":"Resource not accessible by integration"}' }] as const) {
      github.failNext(/git\/trees/, fault);
      assert.equal((await ask(shop, managed)).kind, 'no-signal');
    }
    github.failNext(/git\/trees/, garbled('{"tree":{}}'));
    await assert.rejects(ask(shop, managed), isFailure('GITHUB_UNAVAILABLE'));
  });

  // ---------------------------------------------------------------- repository-settings

  const declared: BehaviorSource = { kind: 'repository-settings', declared: 'settings.yaml' };
  const meant = (members: Readonly<Record<string, JsonValue>>): Asking => ({ documents: { 'settings.yaml': { kind: 'RepositorySettings', ...members } } });

  it('repository-settings compares what is declared, and asks for nothing else', async () => {
    const shop = await repositoryWith({});
    github.configure(shop, { topics: ['payments'], delete_branch_on_merge: true, has_wiki: false });
    github.addRule(shop, 'main', 'deletion');
    github.addRuleset(shop, { name: 'protect', enforcement: 'active' });
    const wanted = meant({ visibility: 'private', topics: ['payments'], features: { wiki: false }, rules: { main: { deletion: {} } }, rulesets: { protect: { enforcement: 'active' } } });
    assert.deepEqual(found(await ask(shop, declared, wanted)), { differences: [] });
    github.configure(shop, { topics: [], has_wiki: true });
    github.resetCounts();
    assert.deepEqual(found(await ask(shop, declared, meant({ topics: ['payments'], features: { wiki: false } }))), { differences: [{ kind: 'changed', setting: '/topics', expected: ['payments'], found: [] }, { kind: 'changed', setting: '/features/wiki', expected: false, found: true }] });
    assert.deepEqual([github.counts().reads, github.counts().writes], [1, 0]);
  });

  it('repository-settings reads merges with the token that may write contents, and that one alone', async () => {
    const shop = await repositoryWith({});
    github.configure(shop, { allow_merge_commit: false });
    github.resetCounts();
    assert.deepEqual(found(await ask(shop, declared, meant({ merge: { mergeCommit: false, deleteBranch: true } }))), { differences: [{ kind: 'changed', setting: '/merge/deleteBranch', expected: true, found: false }] });
    assert.deepEqual(github.requests().filter(({ path }) => path === `/repos/acme/${shop.name}`).map(({ method, permissions }) => [method, permissions]), [['GET', { metadata: 'read', contents: 'write' }]]);
  });

  it('repository-settings gives no signal for what GitHub does not show, and for a declaration that is none', async () => {
    const shop = await repositoryWith({});
    assert.equal(found(await ask(shop, declared, meant({ merge: { squashTitle: 'PR_TITLE' } }))), 'no-signal: GitHub does not show this App the setting "squash_merge_commit_title", which "/merge/squashTitle" declares');
    assert.match(String(found(await ask(shop, declared, meant({ branchProtection: {} })))), /^no-signal: "settings.yaml" declares no settings: Cannot use the key "branchProtection"/);
    assert.equal(found(await ask(shop, declared)), 'no-signal: "settings.yaml" was not read');
    for (const fault of [{ kind: 'answer', status: 404, body: '{"message":"Not Found"}' }, { kind: 'answer', status: 403, body: '{"message":"Forbidden"}' }] as const) {
      github.failNext(/rules\/branches/, fault);
      assert.equal((await ask(shop, declared, meant({ rules: { main: { deletion: {} } } }))).kind, 'no-signal');
    }
    github.failNext(/rules\/branches/, garbled('[{"type":7}]'));
    await assert.rejects(ask(shop, declared, meant({ rules: { main: { deletion: {} } } })), isFailure('GITHUB_UNAVAILABLE'));
  });

  // ---------------------------------------------------------------- contract-releases

  const releases: BehaviorSource = { kind: 'contract-releases', contracts: null };
  const recorded = async (repository: RepositoryRef): Promise<void> => await recordPush(ports, { repository, ref: 'refs/heads/main' });

  it('contract-releases compares the default branch with the record, which has to be of its tip', async () => {
    const shop = await repositoryWith({ '.github/plumbline.yml': configuration, 'contracts/a.yaml': aContract({ contractId: 'a' }), 'contracts/b.yaml': aContract({ contractId: 'b' }) });
    await recorded(shop);
    assert.deepEqual(found(await ask(shop, releases)), { differences: [] });
    await github.commitFiles(shop, 'main', { 'contracts/a.yaml': aContract({ contractId: 'a', spec: '{evil: true}' }), 'contracts/b.yaml': null });
    assert.equal(found(await ask(shop, releases)), 'no-signal: the record of releases is not whole, or not that of this commit');
    await recorded(shop);
    const reading = await ask(shop, releases);
    assert.ok(reading.kind === 'answered');
    const { differences } = reading.value as { differences: { kind: string; contractId: string; released: { path: string; blob: string } }[] };
    assert.deepEqual(differences.map(({ kind, contractId, released }) => [kind, contractId, released.path, released.blob]), [['changed', 'a', 'contracts/a.yaml', blobOf(aContract({ contractId: 'a' }))], ['gone', 'b', 'contracts/b.yaml', blobOf(aContract({ contractId: 'b' }))]]);
  });

  it('contract-releases gives no signal where nothing governs the default branch, and of a set that is not configured', async () => {
    assert.equal(found(await ask(await repositoryWith({ 'README.md': 'x' }), releases)), 'no-signal: no configuration governs the default branch');
    const shop = await repositoryWith({ '.github/plumbline.yml': configuration });
    await recorded(shop);
    assert.equal(found(await ask(shop, { kind: 'contract-releases', contracts: ['nobody'] })), 'no-signal: no contract set of the configuration has the name "nobody"');
  });

  // ---------------------------------------------------------------- github-actions

  it('attack: github-actions reads the samples for the branch that the head would be merged into, and those for another one never', async () => {
    const shop = await repositoryWith({ '.github/workflows/ci.yml': 'on: push\n' });
    const head = await github.commitFiles(shop, 'topic', { 'a.txt': 'a' });
    const source: BehaviorSource = { kind: 'github-actions', workflow: 'acme/ci/.github/workflows/sample.yml', ref: 'refs/heads/main', waitFor: 1_800_000 };
    const sample = aSample({ repositoryId: shop.id, behavior: 'compared', head, caller: { path: '.github/workflows/ci.yml', blob: blobOf('on: push\n') } });
    const kept = async (changes: Partial<BehaviorSample>): Promise<boolean> => await ports.store.transaction((transaction) => transaction.recordSample({ ...sample, ...changes }, null));
    await kept({ baseBranch: 'stable' });
    assert.equal((await ask(shop, source, { head })).kind, 'no-samples');
    await kept({ value: { n: 2 } });
    assert.deepEqual(await ask(shop, source, { head }), { kind: 'answered', value: { n: 2 }, observedAt: sample.receivedAt, generator: null });
  });

  // ---------------------------------------------------------------- terraform-plan

  const planned: BehaviorSource = { kind: 'terraform-plan', workflow: '.github/workflows/plan.yml', artifact: 'plan', file: 'plan.json' };
  const planOf = (...changes: readonly (readonly [address: string, action: string])[]): Buffer =>
    zipFile([{ name: 'plan.json', content: JSON.stringify({ format_version: '1.2', planned_values: {}, resource_changes: changes.map(([address, action]) => ({ address, change: { actions: [action], after: { password: 'hush' } } })) }) }]);

  let alike: RepositoryRef | null = null;

  /** The repository of all tests of plans: what a run leaves behind is found by the run. */
  async function plannedShop(context: TestContext, archive: Buffer, answer: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<{ readonly shop: RepositoryRef; readonly tip: string; readonly url: string; readonly authorizations: () => readonly (string | null)[] }> {
    const service = await aService(context, (response) => response.writeHead(answer.status ?? 200, answer.headers).end(archive));
    const shop = (alike ??= await repositoryWith({ '.github/workflows/plan.yml': 'on: push\n' }));
    return { shop, tip: (await github.branchTip(shop, 'main')) ?? '', url: `${service.url}plan.zip?sig=opens-it`, authorizations: () => service.requests.map(({ authorization }) => authorization) };
  }

  it('terraform-plan reads the newest successful run for the tip, by address and action, fetched without a token', async (context) => {
    const archive = planOf(['aws_s3_bucket.a', 'update'], ['aws_s3_bucket.b', 'no-op']);
    const { shop, tip, url, authorizations } = await plannedShop(context, archive);
    github.leaveArtifact(shop, { run: github.runWorkflow(shop, { workflow: 'plan.yml', head: tip }), name: 'plan', archive: 'https://old.example/' });
    const newest = github.runWorkflow(shop, { workflow: 'plan.yml', head: tip, ref: '@refs/heads/main' });
    github.leaveArtifact(shop, { run: newest, name: 'plan', archive: url, digest: digestOfBytes(archive) });
    github.runWorkflow(shop, { workflow: 'plan.yml', head: tip, conclusion: 'failure' });
    const reading = await ask(shop, planned);
    assert.deepEqual(found(reading), { differences: [{ kind: 'planned', address: 'aws_s3_bucket.a', actions: ['update'] }] });
    assert.deepEqual(authorizations(), [null]);
    assert.doesNotMatch(JSON.stringify(reading), /hush|opens-it/);
    assert.deepEqual(github.requests().filter(({ path }) => path.includes('/actions/')).map(({ permissions }) => permissions)[0], { metadata: 'read', actions: 'read' });
  });

  it('terraform-plan of a change reads the run for its head, and has no samples without one', async (context) => {
    const { shop, tip, url } = await plannedShop(context, planOf());
    const head = await github.commitFiles(shop, 'topic', { 'main.tf': 'x' });
    github.runWorkflow(shop, { workflow: 'plan.yml', head: tip });
    assert.equal(found(await ask(shop, planned, { head })), `no-samples: ".github/workflows/plan.yml" has no successful run on ${head.slice(0, 12)}`);
    github.leaveArtifact(shop, { run: github.runWorkflow(shop, { workflow: 'plan.yml', head }), name: 'plan', archive: url });
    assert.deepEqual(found(await ask(shop, planned, { head })), { differences: [] });
  });

  it("attack: a plan of GitHub's test merge, which may be one with the attacker's base, states nothing, however new it is", async (context) => {
    const { shop, url } = await plannedShop(context, planOf(['aws_s3_bucket.a', 'update']));
    const evil = await aService(context, (response) => response.writeHead(200).end(planOf()));
    const head = await github.commitFiles(shop, 'merged', { 'main.tf': 'y' });
    const leave = (event: string, archive: string): number => github.leaveArtifact(shop, { run: github.runWorkflow(shop, { workflow: 'plan.yml', head, event }), name: 'plan', archive });
    for (const event of ['pull_request', 'pull_request_target', 'pull_request_review', 'issue_comment', 'workflow_run']) leave(event, evil.url);
    assert.equal(found(await ask(shop, planned, { head })), `no-samples: ".github/workflows/plan.yml" has no successful run on ${head.slice(0, 12)} itself: of one by "workflow_run" nobody tells what it ran on. Start it by push too`);
    leave('push', url);
    leave('pull_request', evil.url);
    assert.deepEqual(found(await ask(shop, planned, { head })), { differences: [{ kind: 'planned', address: 'aws_s3_bucket.a', actions: ['update'] }] });
  });

  it('attack: a plan by a workflow that the change edits is told as made by it', async (context) => {
    const { shop, url } = await plannedShop(context, planOf());
    const head = await github.commitFiles(shop, 'evil', { '.github/workflows/plan.yml': 'on: pull_request\n' });
    github.leaveArtifact(shop, { run: github.runWorkflow(shop, { workflow: 'plan.yml', head }), name: 'plan', archive: url });
    const reading = await ask(shop, planned, { head });
    assert.deepEqual([found(reading), reading.kind === 'answered' && reading.madeBy], [{ differences: [] }, { path: '.github/workflows/plan.yml', blob: blobOf('on: pull_request\n') }]);
  });

  const hostile: Readonly<Record<string, { readonly archive?: Buffer; readonly answer?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }; readonly artifact?: object; readonly why: string }>> = {
    'an artifact that has expired': { artifact: { expired: true }, why: 'the artifact "plan" of run RUN has expired' },
    'an artifact of another name': { artifact: { name: 'other' }, why: 'run RUN left 0 artifacts with the name "plan", expected one' },
    'an artifact that is too large': { artifact: { size: 2 ** 30 }, why: 'the artifact "plan" has 1073741824 bytes, expected at most 16777216' },
    'another archive than GitHub states': { artifact: { digest: digestOfBytes('other') }, why: 'the artifact that was fetched is not the one whose digest GitHub states' },
    'an archive on a private address': { artifact: { archive: 'https://169.254.169.254/plan.zip' }, why: '"169.254.169.254" stands for a private, reserved or metadata address, expected addresses of the public network only' },
    'an archive that is no web address': { artifact: { archive: 'file:///etc/passwd' }, why: 'where GitHub keeps the artifact is to be read in another way than https, expected https' },
    'an archive that is not there': { answer: { status: 404 }, why: 'where GitHub keeps the artifact answered 404, expected 200' },
    'an archive that leads elsewhere': { answer: { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, why: 'where GitHub keeps the artifact answered 302, expected 200' },
    'an archive that says it is too large': { answer: { headers: { 'content-length': '99999999' } }, why: 'where GitHub keeps the artifact answered with too much, expected at most 16777216 bytes' },
    'an archive that is packed twice': { answer: { headers: { 'content-encoding': 'gzip' } }, why: 'where GitHub keeps the artifact sent gzip that can not be unpacked, expected an archive' },
    'an archive that was cut': { archive: planOf().subarray(0, 60), why: 'the artifact can not be read for "plan.json": it is broken, or has a name that leads out of it' },
    'an archive without the plan': { archive: zipFile([{ name: 'other.json', content: '{}' }]), why: 'the artifact can not be read for "plan.json": the file is not in it' },
    'a plan that is no JSON': { archive: zipFile([{ name: 'plan.json', content: '{"format_version"' }]), why: '"plan.json" is no JSON in UTF-8' },
    'a state in place of a plan': { archive: zipFile([{ name: 'plan.json', content: '{"format_version":"1.0","values":{}}' }]), why: '"plan.json" is no plan: it has no planned_values' },
  };

  for (const [name, { archive = planOf(), answer = {}, artifact = {}, why }] of Object.entries(hostile)) {
    it(`terraform-plan gives no signal for ${name}`, async (context) => {
      const { shop, tip, url } = await plannedShop(context, archive, answer);
      const run = github.runWorkflow(shop, { workflow: 'plan.yml', head: tip });
      github.leaveArtifact(shop, { run, name: 'plan', archive: url, ...artifact });
      assert.equal(found(await ask(shop, planned)), `no-signal: ${why.replace('RUN', String(run))}`);
    });
  }

  it('terraform-plan gives no signal where GitHub refuses, knows no such workflow, or has no such file, and waits where it answers otherwise than described', async (context) => {
    const { shop, tip, url } = await plannedShop(context, planOf());
    assert.match(String(found(await ask(shop, { ...planned, workflow: '.github/workflows/none.yml' }))), /^no-signal: Cannot call GET .*runs: GitHub answered 404/);
    assert.equal(found(await ask(shop, { ...planned, workflow: 'plan.yml' })), 'no-signal: "plan.yml" is no workflow, expected a file in .github/workflows');
    github.leaveArtifact(shop, { run: github.runWorkflow(shop, { workflow: 'plan.yml', head: tip }), name: 'plan', archive: url });
    for (const [wanted, fault] of [[/\/runs/, { kind: 'answer', status: 403, body: '{"message":"Resource not accessible by integration"}' }], [/\/zip/, { kind: 'answer', status: 410, body: '{"message":"Gone"}' }]] as const) {
      github.failNext(wanted, fault);
      assert.equal((await ask(shop, planned)).kind, 'no-signal', String(wanted));
    }
    for (const [wanted, fault] of [[/\/artifacts\?/, garbled('{"artifacts":[{"name":7}]}')], [/\/zip/, { kind: 'answer', status: 302, body: '' }], [/\/zip/, garbled('{}')]] as const) {
      github.failNext(wanted, fault);
      await assert.rejects(ask(shop, planned), isFailure('GITHUB_UNAVAILABLE'), String(wanted));
    }
    assert.deepEqual(found(await ask(shop, planned)), { differences: [] });
  });

  it('terraform-plan gives no signal where the installation has not granted actions', async (context) => {
    const without = await startGitHub({ permissions: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write' } });
    context.after(async () => await without.stop());
    const shop = await without.createRepository('shop', { files: { '.github/workflows/plan.yml': 'on: push\n' } });
    const app = connected(without).app;
    const reader = createBehaviorReader(comparingAdapters({ ...ports, github: app }, without.url, { repository: shop, branch: 'main', releases: emptyRecord, prober: createProber({ objects: app.repository(shop), releases: emptyRecord, validator }) }));
    const reading = await reader.read({ name: 'compared', source: planned, base: (await without.branchTip(shop, 'main')) ?? '', head: null, documents: [] });
    assert.match(String(found(reading)), /^no-signal: Cannot call POST \/app\/installations/);
  });
});
