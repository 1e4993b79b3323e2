import assert from 'node:assert/strict';
import { requiredGates } from '../src/domain/gate-name.ts';
import { builtinEngine, noSecrets } from './builders/builtin-answer.ts';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { keptForEver } from '../src/config/retention-settings.ts';
import { createApp } from '../src/app.ts';
import type { AppParts } from '../src/app.ts';
import { aKeptSecret } from './builders/a-kept-secret.ts';
import { engine } from '../src/config/engine.ts';
import { emptyRecord } from '../src/flows/empty-record.ts';
import { recordedReleases } from '../src/flows/recorded-releases.ts';
import type { FlowPorts } from '../src/flows/flow-ports.ts';
import type { Anchor } from '../src/flows/ports/anchor.ts';
import type { Store } from '../src/flows/ports/store.ts';
import { connectGitHub } from '../src/github/github-app.ts';
import { createProber } from '../src/probes/prober.ts';
import { createValidator } from '../src/probes/schema-validation/schema-validator.ts';
import { webhookPath } from '../src/web/create-web.ts';
import { listen } from '../src/web/http-server.ts';
import { readProof } from '../src/audit/proof-format.ts';
import { readExport } from '../src/audit/read-export.ts';
import { formatVerifierKey, verifierKeyOf } from '../src/audit/verifier-key.ts';
import { verifyProof } from '../src/audit/verify-proof.ts';
import { auditVerify } from '../src/cli/audit-verify.ts';
import { verifyLog } from '../src/audit/verify-log.ts';
import { anIssuer } from './web/tokens/an-issuer.ts';
import { signerWith } from './builders/a-bundle.ts';
import { account, aLogKey, host } from './builders/a-log.ts';
import { aFittingDraft } from './builders/fitting-drafts.ts';
import { aTemporaryDirectory } from './builders/temporary-directory.ts';
import { fakeLog } from './fakes/fake-log.ts';
import { memoryStore } from './fakes/memory-store.ts';
import { aContract } from './flows/a-world.ts';
import { startGitHub } from './github/start-github.ts';

const configuration = 'version: 1\ncontracts:\n  - name: workspace\n    paths: ["contracts/**/*.yaml"]\n    schema: builtin:workspace-contract/v2\n';

/** The App as it is composed for production, on a store in memory, told of events by a GitHub of its own. */
async function aServer(context: TestContext, changes: Partial<AppParts> = {}, settings: Partial<AppParts['config']> = {}) {
  const github = await startGitHub();
  const clock = { now: () => new Date() };
  const store = memoryStore({ clock });
  const log = fakeLog();
  const validator = createValidator();
  let ids = 0;
  const ports: FlowPorts = {
    store,
    clock,
    log,
    settlingMs: 0,
    engine,
    requiredGates,
    github: connectGitHub({ appId: github.appId, privateKey: github.privateKey, apiUrl: github.url, cache: store.cache, clock, log }),
    newId: () => `0199a000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
    proberFor: (objects, repository, asked, people) => createProber({ objects, releases: recordedReleases(store, repository, asked), validator, people, policies: builtinEngine, secrets: noSecrets }),
    builtinPlaybooks: async () => [],
    previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, validator }),
  };
  const config = { publicUrl: 'https://plumbline.example.com', actionsIssuer: 'https://issuer.example.com', apiIssuer: null, apiRequestsPerMinute: 60_000, apiProxies: 0, appId: github.appId, privateKey: aKeptSecret(github.privateKey), webhookSecret: aKeptSecret(github.webhookSecret), previousWebhookSecret: null, concurrency: 4, leaseMs: 60_000, pollMs: 20, sealing: { everyMs: 60_000, everyEntries: 1_000 }, retention: keptForEver, selfAuditMs: 86_400_000, anchorLateMs: 10_800_000, ...settings };
  const app = await createApp({ config, ports, signer: aLogKey(), eventLoop: { longestMs: () => 0 }, random: Math.random, ...changes });
  const http = await listen(app.web, { host: '127.0.0.1', port: 0 });
  github.deliverTo(`http://127.0.0.1:${http.port}${webhookPath}`);
  context.after(async () => {
    app.drain();
    await Promise.all([http.stop(), app.stop()]);
    await validator.close();
    await github.stop();
  });
  return { app, config, ports, github, store, log, address: `http://127.0.0.1:${http.port}` };
}

/** A token of an issuer of its own for that server: of an auditor and approver who is `person` at GitHub. */
async function anOpenApi(context: TestContext, person: number) {
  const issuer = await anIssuer(context, { roles: ['auditor', 'approver'], accounts: '*', github_id: person });
  const claims = { roles: 'roles', accounts: 'accounts', githubUserId: 'github_id' };
  const seconds = Math.floor(Date.now() / 1_000);
  const token = await issuer.sign({ claims: { iat: seconds, nbf: seconds, exp: seconds + 600 } });
  return { apiIssuer: { issuer: issuer.issuer, audience: 'plumbline', claims }, token };
}

async function eventually<Found>(look: () => Promise<Found | null>): Promise<Found> {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error('it never came');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a pull request that somebody opens is told its roll-up, through delivery, queue, flows and effects', async (context) => {
  const { app, github, store } = await aServer(context);
  const repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration } });
  await app.start();
  await github.commitFiles(repository, 'change', { 'README.md': 'hello' });
  const { head } = await github.openPullRequest(repository, { branch: 'change' });
  const conclusion = await eventually(async () => {
    const run = (await github.checkRuns(repository, head)).find((one) => one['name'] === 'plumbline' && one['status'] === 'completed');
    return run === undefined || !(await soonIdle(store)) ? null : run['conclusion'];
  });
  assert.equal(conclusion, 'success');
  assert.ok((await store.audit.size(github.account.id)) > 0);
});

test('what a pull request came to is read and exported through the API, which asks GitHub who approves', async (context) => {
  const { apiIssuer, token } = await anOpenApi(context, 1);
  const { app, github, store, address } = await aServer(context, {}, { apiIssuer });
  const ask = async (path: string, body?: unknown) => {
    const response = await fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
    return { status: response.status, text: await response.text() };
  };
  const repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration } });
  await app.start();
  await github.commitFiles(repository, 'change', { 'README.md': 'hello' });
  const { head } = await github.openPullRequest(repository, { branch: 'change' });
  const account = github.account.id;
  const decided = await eventually(async () => {
    const { decisions }: { readonly decisions: readonly { readonly id: string }[] } = JSON.parse((await ask(`/decisions?account=${account}&sha=${head}`)).text);
    return decisions[0] ?? null;
  });
  await eventually(async () => ((await soonIdle(store)) ? true : null));
  const { entries }: { readonly entries: readonly { readonly entry: { readonly links: readonly string[] } }[] } = JSON.parse((await ask(`/audit?account=${account}&event=decision.made&outcome=allow`)).text);
  assert.ok(entries[0]?.entry.links.includes(decided.id));
  const refused = await ask(`/approvals?account=${account}`, { decision: decided.id, action: 'all', sha: head, reason: 'seen' });
  assert.deepEqual([refused.status, JSON.parse(refused.text).code], [403, 'unknown_person']);
  const { text } = await ask(`/audit/export?account=${account}`);
  const reading = await readExport(Readable.from([Buffer.from(text)]));
  assert.ok(reading.kind === 'export');
  assert.equal((await verifyLog(reading.source, { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: [] })).outcome, 'verified');
  assert.ok((await store.reads.reads(account, 'somebody', { below: null, limit: 10 })).length >= 3);
});

test('a pull request is bundled through the API: its bundle verifies, and judging its decisions again out of it alone gives the same', async (context) => {
  const { apiIssuer, token } = await anOpenApi(context, 1);
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const { app, github, address, store } = await aServer(context, { signing: { ...signerWith(signing), name: 'a signing key' } }, { apiIssuer });
  await app.start();
  const repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration } });
  await github.commitFiles(repository, 'change', { 'contracts/checkout.yaml': aContract() });
  const { head } = await github.openPullRequest(repository, { branch: 'change' });
  await eventually(async () => (await github.checkRuns(repository, head)).find((one) => one['name'] === 'plumbline' && one['status'] === 'completed') ?? null);
  const [account] = await store.audit.accounts();
  const ask = (path: string, init: RequestInit = {}) => fetch(`${address}/api/v1${path}${path.includes('?') ? '' : `?account=${account}`}`, { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
  const told = async (path: string, init: RequestInit = {}): Promise<ToldBundle> => JSON.parse(await (await ask(path, init)).text());
  const folder = aTemporaryDirectory();
  context.after(folder.remove);
  for (const body of [{ kind: 'pull-request', repository: `${github.account.login}/shop`, number: 1 }, { kind: 'contract', id: 'checkout' }, { kind: 'period', from: '2020-01-01', to: '2100-01-01' }]) {
    const asked = await told('/bundles', { method: 'POST', body: JSON.stringify(body) });
    const { id } = await eventually(async () => (await told(`/bundle-requests/${asked.id}`)).bundle);
    const { verified, inputs } = await told(`/bundles/${id}/verify`);
    assert.deepEqual([verified, inputs], [true, 1], body.kind);
    const path = join(folder.path, `${id}.json.gz`);
    writeFileSync(path, Buffer.from(await (await ask(`/bundles/${id}`)).arrayBuffer()));
    let text = '';
    const exit = await auditVerify({ source: { kind: 'file', path }, keys: [formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey))], checkpoints: [], format: 'json', replay: { engine }, output: { write: (more) => void (text += more) } });
    const [, replay] = text.trim().split('\n').map((line): Record<string, unknown> => JSON.parse(line));
    assert.deepEqual([exit, replay?.['same'], replay?.['different']], [0, 1, []], body.kind);
  }
  const reading = readProof((await told('/audit/0')).proof.c2sp);
  assert.ok(reading.kind === 'proof');
  assert.equal(verifyProof(reading.proof, { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: [] }).outcome, 'verified');
});

/** Of answers about bundles what is looked at. */
interface ToldBundle {
  readonly id: string;
  readonly bundle: { readonly id: string } | null;
  readonly verified: boolean;
  readonly inputs: number;
  readonly proof: { readonly c2sp: string };
}

test('a pull request that no event told of is found at start', async (context) => {
  const { app, github } = await aServer(context);
  github.deliverTo(null);
  const repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration } });
  await github.commitFiles(repository, 'change', { 'README.md': 'hello' });
  const { head } = await github.openPullRequest(repository, { branch: 'change' });
  await app.start();
  await eventually(async () => (await github.checkRuns(repository, head)).find((one) => one['name'] === 'plumbline' && one['status'] === 'completed') ?? null);
});

test('a started server is ready; a draining one turns away', async (context) => {
  const { app, address } = await aServer(context);
  assert.equal((await fetch(`${address}/readyz`)).status, 503);
  await app.start();
  assert.equal((await fetch(`${address}/readyz`)).status, 200);
  app.drain();
  assert.equal((await fetch(`${address}/readyz`)).status, 503);
});

test('a server publishes its newest checkpoints at start, and readiness tells of an anchor that is late', async (context) => {
  const taken: number[] = [];
  let isAway = true;
  const anchor: Anchor = {
    name: 'test',
    everyMs: 0,
    publish: async (checkpoints) => {
      if (isAway) throw new Error('away');
      taken.push(...checkpoints.map(({ size }) => size));
      return new Map(checkpoints.map(({ account }) => [account, { kind: 'anchored', cosignature: null }]));
    },
  };
  const first = await aServer(context, { anchors: [anchor] });
  await first.store.transaction((transaction) => transaction.append(aFittingDraft('decision.made', { account })));
  await first.app.operations.seal(null);
  const late = { ...first.config, anchorLateMs: -1 };
  const server = await aServer(context, { anchors: [anchor], ports: first.ports, config: late });
  const alarms = async (): Promise<unknown> => ((await (await fetch(`${server.address}/readyz`)).json()) as { readonly alarms: unknown }).alarms;
  assert.deepEqual(await alarms(), ['anchor-late']);
  isAway = false;
  await server.app.start();
  await eventually(async () => (taken.length > 0 ? true : null));
  await eventually(async () => (JSON.stringify(await alarms()) === '[]' ? true : null));
  assert.deepEqual([taken, (await server.app.operations.statuses()).map(({ anchors }) => anchors.map((one) => [one.anchor, one.size, one.behindSince]))], [[2], [[['test', 2, null]]]]);
});

test('a server with a new log key seals a log that the previous key signed, once it is told that key', async (context) => {
  const old = await aServer(context);
  await old.store.transaction((transaction) => transaction.append(aFittingDraft('decision.made', { account })));
  const [first] = await old.app.operations.seal(null);
  assert.equal(first?.kind, 'done');
  const told = { signer: aLogKey('new'), previousLogKeys: [aLogKey().publicKey] };
  const renewed = await aServer(context, { ports: old.ports, ...told });
  const untold = await aServer(context, { ports: old.ports, signer: told.signer });
  await old.store.transaction((transaction) => transaction.append(aFittingDraft('decision.made', { account })));
  const [refused] = await untold.app.operations.seal(null);
  assert.ok(refused?.kind === 'failed');
  assert.equal(refused.failure.code, 'CONFIG_INVALID');
  const [sealed] = await renewed.app.operations.seal(null);
  assert.ok(sealed?.kind === 'done');
  assert.equal(sealed.sealing.size, await old.store.audit.size(account));
});

test('a server that stops leaves no entry unsealed, the one about the last checkpoint included', async (context) => {
  const { app, store } = await aServer(context);
  await store.transaction((transaction) => transaction.append(aFittingDraft('decision.made', { account })));
  await app.stop();
  const checkpoints = await store.audit.checkpoints(account);
  assert.deepEqual([checkpoints.map(({ size }) => size), await store.audit.size(account)], [[1, 2], 2]);
});

/** Schedules wait for their next time; nothing else may be left. */
async function soonIdle(store: Store): Promise<boolean> {
  return (await store.queue.counts()).leased === 0;
}
