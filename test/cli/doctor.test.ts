import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { nodeDiagnosis } from '../../src/cli/doctor/look-at-machine.ts';
import { readManifest } from '../../src/cli/manifest.ts';
import { aRepository } from '../builders/a-repository.ts';
import { aLoopbackServer } from './a-loopback-server.ts';
import type { LoopbackAnswer } from './a-loopback-server.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { fakeVault } from '../fakes/keys/fake-vault.ts';
import { aKeptKey } from '../fakes/keys/kept-key.ts';
import { aJudge, says } from '../probes/judge/a-judge.ts';
import type { Says } from '../probes/judge/a-judge.ts';
import { aContractRepository } from './contract-repository.ts';
import { runPlumbline } from './run-plumbline.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const manifest = await readManifest();

interface Looked {
  readonly code: number | null;
  readonly result: string;
  readonly states: Readonly<Record<string, string>>;
  readonly text: string;
}

async function look(directory: string, environment: Readonly<Record<string, string>> = {}): Promise<Looked> {
  const { code, stdout } = await runPlumbline(directory, ['doctor', '--format', 'json'], { environment });
  const { result, checks }: { result: string; checks: { name: string; state: string }[] } = JSON.parse(stdout);
  return { code, result, states: Object.fromEntries(checks.map(({ name, state }) => [name, state])), text: stdout };
}

const ok = (body: unknown): LoopbackAnswer => ({ status: 200, body });

/** A GitHub where everything is as it should be, but for what a test changes. */
function github(change: Readonly<Record<string, LoopbackAnswer>> = {}): Readonly<Record<string, LoopbackAnswer>> {
  return {
    'GET /app': ok({ slug: 'plumbline', permissions: manifest.permissions, events: manifest.events }),
    'GET /app/hook/config': ok({ url: 'https://plumbline.example.com/api/github/webhooks' }),
    'GET /repos/octo/hello/installation': ok({ id: 5 }),
    'POST /app/installations/5/access_tokens': { status: 201, body: { token: 'ghs_token', expires_at: '2100-01-01T00:00:00Z' } },
    'GET /repos/octo/hello': ok({ id: 9, name: 'hello', default_branch: 'main', owner: { id: 3, login: 'octo', type: 'Organization' } }),
    'GET /repos/octo/hello/rules/branches/main': ok([{ type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'plumbline', integration_id: 7 }] } }]),
    'GET /repos/octo/hello/branches/main': ok({ name: 'main', protection: {} }),
    ...change,
  };
}

async function lookWith(context: TestContext, change: Readonly<Record<string, LoopbackAnswer>> = {}, settings: Readonly<Record<string, string>> = {}, files: Readonly<Record<string, string>> = {}): Promise<Looked> {
  const made = aContractRepository(context);
  if (Object.keys(files).length > 0) made.commit(files);
  made.git('remote', 'add', 'origin', 'https://github.com/octo/hello.git');
  const { url } = await aLoopbackServer(context, github(change));
  return await look(made.directory, { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: '0123456789abcdefghijklmnopqrstuvwxyzABCD', PUBLIC_URL: 'https://plumbline.example.com', GITHUB_API_URL: url, DATA_DIR: join(made.directory, 'data'), ...settings });
}

test('doctor without settings exits 3 and names what it could not look at, never that all is well', async (t) => {
  const { directory } = aContractRepository(t);
  const { code, result, states } = await look(directory);
  assert.deepEqual([code, result], [3, 'unknown']);
  assert.deepEqual(states, { Node: 'ok', git: 'ok', configuration: 'ok', settings: 'unknown', App: 'unknown', branches: 'unknown', database: 'unknown', keys: 'unknown', anchor: 'warn' });
  const { stdout } = await runPlumbline(directory, ['doctor']);
  assert.match(stdout, /not everything was seen\. Could not be looked at: settings, App, branches, database, keys\.\n$/);
});

test('doctor exits 0 when all is right, with warnings that name what to think about', async (t) => {
  const { code, states } = await lookWith(t);
  assert.deepEqual([code, states], [0, { Node: 'ok', git: 'ok', configuration: 'ok', settings: 'ok', App: 'ok', permissions: 'ok', events: 'ok', clock: 'ok', webhook: 'ok', 'branch main': 'ok', database: 'warn', keys: 'warn', anchor: 'warn' }]);
});

test('doctor exits 1 for wrong settings and shows no secret', async (t) => {
  const { code, states, text } = await look(aRepository(t).directory, { APP_ID: 'seven', WEBHOOK_SECRET: 'canary' });
  assert.deepEqual([code, states['settings'], states['configuration'], text.includes('canary')], [1, 'fail', 'warn', false]);
});

test('doctor exits 1 when the configuration is not valid', async (t) => {
  const made = aRepository(t);
  made.write({ '.github/plumbline.yml': 'version: 2\n' });
  assert.deepEqual([(await look(made.directory)).code, (await look(made.directory)).states['configuration']], [1, 'fail']);
});

for (const [what, change, name, state] of [
  ['lacks a permission', { 'GET /app': ok({ slug: 'p', permissions: { metadata: 'read' }, events: manifest.events }) }, 'permissions', 'fail'],
  ['has more permissions than it needs', { 'GET /app': ok({ slug: 'p', permissions: { ...manifest.permissions, administration: 'write' }, events: manifest.events }) }, 'permissions', 'warn'],
  ['misses events', { 'GET /app': ok({ slug: 'p', permissions: manifest.permissions, events: [] }) }, 'events', 'fail'],
  ['is refused', { 'GET /app': { status: 401, body: { message: 'A JSON web token could not be decoded' } } }, 'App', 'fail'],
  ['gets its webhooks at another path', { 'GET /app/hook/config': ok({ url: 'https://plumbline.example.com/probot' }) }, 'webhook', 'fail'],
  ['gets its webhooks at another host', { 'GET /app/hook/config': ok({ url: 'https://relay.example.com/api/github/webhooks' }) }, 'webhook', 'warn'],
  ['is not required by the branch', { 'GET /repos/octo/hello/rules/branches/main': ok([]) }, 'branch main', 'fail'],
  ['is required, but anyone may post the check', { 'GET /repos/octo/hello/rules/branches/main': ok([{ type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'plumbline' }] } }]) }, 'branch main', 'fail'],
  ['is not installed', { 'GET /repos/octo/hello/installation': { status: 404, body: { message: 'Not Found' } } }, 'branches', 'unknown'],
] as const) {
  test(`doctor finds ${state} for ${name} when the App ${what}`, async (t) => {
    const { code, states } = await lookWith(t, change);
    assert.deepEqual([states[name], code], [state, { fail: 1, unknown: 3, warn: 0 }[state]]);
  });
}

test('doctor makes no store where there is none', async (t) => {
  const made = aContractRepository(t);
  await look(made.directory, { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: '0123456789abcdefghijklmnopqrstuvwxyzABCD', PUBLIC_URL: 'https://plumbline.example.com', GITHUB_API_URL: 'http://127.0.0.1:9' });
  assert.equal(existsSync(join(made.directory, 'data')), false);
});

test('doctor makes a signature with the keys in force, says which sign, and fails where none can be made', async (t) => {
  const made = aContractRepository(t);
  const keys = { sign: aKeptKey(), log: aKeptKey('Ed25519') };
  const vault = await aKeyServer(t, fakeVault({ transit: { 'transit/sign': [keys.sign], 'transit/log': [keys.log] }, secrets: {}, token: 'hvs.token', isSealed: false, namespace: null }));
  const environment = { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: '0123456789abcdefghijklmnopqrstuvwxyzABCD', GITHUB_API_URL: 'http://127.0.0.1:9', PLUMBLINE_MODE: 'development', KEY_SERVICE: 'vault', VAULT_ADDR: vault.url, VAULT_TOKEN: 'hvs.token', SIGNING_KEY: 'transit/sign:1', LOG_KEY_REF: 'transit/log:1' };
  const well = await look(made.directory, environment);
  assert.equal(well.states['keys'], 'ok');
  assert.match(well.text, /transit\/log:1.* of vault \(Ed25519, sha256:[0-9a-f]{64}\) signs checkpoints.*transit\/sign:1.* of vault \(ES256, sha256:[0-9a-f]{64}\) signs bundles/);
  vault.forge = (signature) => Buffer.from(signature.map((byte, index) => (index === 5 ? byte ^ 1 : byte)));
  const forged = await look(made.directory, environment);
  assert.deepEqual([forged.states['keys'], forged.code], ['fail', 1]);
  assert.match(forged.text, /Nothing was signed/);
});

test('doctor fails an anchor branch that the App may rewrite, and a file it can not write', async (t) => {
  const rules = (...types: readonly string[]): LoopbackAnswer => ok(types.map((type, at) => ({ type, ruleset_id: at + 1, ruleset_source_type: 'Repository' })));
  const ruleset = (id: number, bypass: string | null): LoopbackAnswer => ok({ id, name: 'anchors', ...(bypass === null ? {} : { current_user_can_bypass: bypass }) });
  const of = async (change: Readonly<Record<string, LoopbackAnswer>>): Promise<string | undefined> => {
    const { states } = await lookWith(t, change, { ANCHOR_REPOSITORY: 'octo/hello' });
    return states['anchor branch octo/hello plumbline-anchors'];
  };
  const path = 'GET /repos/octo/hello/rules/branches/plumbline-anchors';
  const both = rules('non_fast_forward', 'deletion');
  assert.deepEqual([
    await of({ [path]: ok([]) }),
    await of({ [path]: rules('deletion'), 'GET /repos/octo/hello/rulesets/1': ruleset(1, 'never') }),
    await of({ [path]: both, 'GET /repos/octo/hello/rulesets/1': ruleset(1, 'always'), 'GET /repos/octo/hello/rulesets/2': ruleset(2, 'never') }),
    await of({ [path]: both, 'GET /repos/octo/hello/rulesets/1': ruleset(1, 'never'), 'GET /repos/octo/hello/rulesets/2': ruleset(2, null) }),
    await of({ [path]: both, 'GET /repos/octo/hello/rulesets/1': ruleset(1, 'never'), 'GET /repos/octo/hello/rulesets/2': ruleset(2, 'never') }),
  ], ['fail', 'fail', 'fail', 'unknown', 'ok']);
  const { states } = await lookWith(t, {}, { ANCHOR_DIR: '/dev/null/anchors' });
  assert.equal(states['anchor file'], 'fail');
});

test('doctor does not say that nothing is anchored where a setting that is wrong keeps it from knowing', async (t) => {
  const { states, text } = await lookWith(t, {}, { ANCHOR_DIR: 'anchors', PRIVATE_KEY: 'none' });
  assert.deepEqual([states['settings'], states['anchor']], ['fail', 'warn']);
  assert.doesNotMatch(text, /anchored nowhere/);
});

test('doctor says which registry of packages can not be asked where changes of agents are checked, what follows and what to set', async (t) => {
  const asking = { '.github/plumbline.yml': 'version: 1\nhallucination: {agents: [{login: "*[bot]"}]}\n' };
  const registries = ({ states }: Looked) => Object.entries(states).filter(([name]) => name.startsWith('registr'));
  const unset = await lookWith(t, {}, {}, { ...asking, 'requirements.txt': 'rich==1.0\n' });
  assert.deepEqual([unset.code, registries(unset)], [1, [['registry npm', 'warn'], ['registry pypi', 'fail']]]);
  assert.match(unset.text, /neither PYPI_INDEX_URL nor PIP_INDEX_URL is set[^"]*blocked as inconclusive[^]*Set PYPI_INDEX_URL to/);
  const withPassword = await lookWith(t, {}, { NPM_CONFIG_REGISTRY: 'https://me:canary@npm.example.com/' }, { ...asking, 'package.json': '{}' });
  assert.deepEqual([registries(withPassword), withPassword.text.includes('canary')], [[['registry npm', 'fail'], ['registry pypi', 'warn']], false]);
  assert.match(withPassword.text, /what NPM_CONFIG_REGISTRY says can not be used/);
  const set = await lookWith(t, {}, { NPM_REGISTRY_URL: 'https://npm.example.com/', PIP_INDEX_URL: 'https://pypi.example.com/simple' }, { ...asking, 'package.json': '{}' });
  assert.deepEqual(registries(set), [['registry npm', 'ok'], ['registry pypi', 'ok']]);
  assert.deepEqual(registries(await lookWith(t, {}, {}, { 'package.json': '{}' })), []);
});

test('doctor without settings does not know which registries of packages are asked', async (t) => {
  const made = aContractRepository(t);
  made.write({ '.github/plumbline.yml': 'version: 1\nhallucination: {evidence: ["a/*.json"]}\n' });
  assert.equal((await look(made.directory)).states['registries'], 'unknown');
});

test('doctor takes the Node that the package asks for, and no older one', () => {
  assert.deepEqual(['22.17.1', '22.18.0', '23.9.0', '24.10.0', '24.11.0', '26.0.0'].map((version) => nodeDiagnosis(version).state), ['fail', 'ok', 'fail', 'fail', 'ok', 'ok']);
});

test('doctor asks the outside judge once about a claim that is nobody\'s, and says what came of it', async (t) => {
  const of = async (answer: Says): Promise<readonly unknown[]> => {
    const { service, bodies } = await aJudge(t, answer);
    const { code, states, text } = await lookWith(t, {}, { JUDGE_URL: `${service.url}judge`, JUDGE_REPOSITORIES: 'octo/*', JUDGE_TOKEN: 'canary-token' });
    assert.deepEqual([bodies.length, service.requests[0]?.authorization, text.includes('canary')], [1, 'Bearer canary-token', false]);
    assert.doesNotMatch(bodies.join(''), /octo|hello/);
    return [states['judge'], code, /"found": "([^"]*)"/.exec(text.slice(text.indexOf('"name": "judge"')))?.[1]];
  };
  assert.deepEqual(await of(says({ label: 'supported', score: 1 })), ['ok', 0, 'nli/large@3 calls a claim that its passage says word by word supported, by 1.00']);
  assert.deepEqual(await of(says({ label: 'supported', score: 0.4 })), ['warn', 0, 'nli/large@3 calls a claim that its passage says word by word supported, by 0.40']);
  assert.deepEqual((await of(says({ label: 'contradicted', score: 0 }))).slice(0, 2), ['warn', 0]);
  assert.deepEqual((await of(says({ label: 'verified' }))).slice(0, 2), ['fail', 1]);
  assert.deepEqual((await of((response) => response.writeHead(503).end())).slice(0, 2), ['fail', 1]);
});
