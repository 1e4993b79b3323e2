import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { aRepository } from '../../builders/a-repository.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { values } from '../../gates/drift/statistics/some-metrics.ts';
import { aService, json } from '../../probes/behavior-sources/a-service.ts';
import type { Service } from '../../probes/behavior-sources/a-service.ts';
import { runPlumbline } from '../run-plumbline.ts';
import type { CommandResult } from '../run-plumbline.ts';

const configuration = 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\n';
const latency = { name: 'latency', samples: '/latency', baselineSamples: 'baselines/latency.json', tolerance: { relative: 0.1 } };
const made = { generator: 'k6', version: '1', seed: 42, iterations: 60 };

type Files = Readonly<Record<string, string>>;

function behaviorAt(service: Service, changes: JsonObject = {}): string {
  return JSON.stringify({ kind: 'Behavior', name: 'checkout', scope: 'environment', source: { type: 'http-json', url: service.url }, metrics: [{ name: 'score', pointer: '/score', baseline: 0.847, absolute: 0.001 }], owner: 'team:checkout', ...changes });
}

/** Runs a command in a repository whose main has these files, with this service as the one host that is allowed. */
async function run(context: TestContext, service: Service, files: Files, words: readonly string[], environment: Files = {}): Promise<CommandResult & { readonly directory: string }> {
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': configuration, ...files }, 'First');
  const result = await runPlumbline(made.directory, ['drift', ...words], { environment: { BEHAVIOR_HOSTS: service.host, ...environment } });
  return { ...result, directory: made.directory };
}

const check = ['check', '--allow-loopback'];
const record = ['baseline', '--record', 'checkout', '--allow-loopback'];
const answering = async (context: TestContext, value: JsonValue): Promise<Service> => await aService(context, json(JSON.stringify(value)));

test('drift check ends with 0 where everything is as agreed, and shows each metric', async (t) => {
  const service = await answering(t, { score: 0.847, latency: [...values(60)] });
  const files = { 'behaviors/a.yaml': behaviorAt(service, { metrics: [{ name: 'score', pointer: '/score', baseline: 0.847 }, latency] }), 'baselines/latency.json': JSON.stringify({ values: values(60) }) };
  const { code, stdout, stderr } = await run(t, service, files, check);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^as agreed {2}checkout {2}behaviors\/a\.yaml {2}environment\n {2}as agreed {2}score\n {2}as agreed {2}latency: 0 \(-[\d.]+ to [\d.]+\), tolerated -[\d.]+ to [\d.]+, by hodges-lehmann-exact of 60 beside 60\n {4}distributions, which decides nothing: stability index [\d.]+, Wasserstein distance [\d.]+\n/);
});

test('drift check ends with 1 for a drift, and tells programs what was measured', async (t) => {
  const service = await answering(t, { score: 0.9 });
  const { code, stdout } = await run(t, service, { 'behaviors/a.yaml': behaviorAt(service) }, [...check, '--format', 'json']);
  const { behaviors } = JSON.parse(stdout);
  assert.deepEqual([code, behaviors[0].verdict, behaviors[0].metrics[0].why, behaviors[0].metrics[0].estimate.toFixed(3)], [1, 'drift', 'The value is 0.9 in place of 0.847.', '0.053']);
});

test('drift check ends with 3 for a source that is down, for one that is not allowed, and where there is nothing to measure', async (t) => {
  const down = await aService(t, (response) => response.writeHead(503).end());
  const files = { 'behaviors/a.yaml': behaviorAt(down) };
  const results = [await run(t, down, files, check), await run(t, down, files, check, { BEHAVIOR_HOSTS: '' }), await run(t, down, files, ['check']), await run(t, down, {}, check), await run(t, down, { 'behaviors/a.yaml': 'kind: Behavior\n' }, check)];
  assert.deepEqual(results.map(({ code }) => code), [3, 3, 3, 3, 3]);
  assert.match(results.map(({ stdout }) => stdout.split('\n').at(1)).join('\n'), /answered 503, expected 200\n.*a host that the operator lists.*\n.*not https.*\n\n {2}Cannot use/);
});

test('drift check measures a behaviour that only observes, and lets it decide nothing', async (t) => {
  const service = await answering(t, { score: 0.9 });
  const { code, stdout } = await run(t, service, { 'behaviors/a.yaml': behaviorAt(service, { strict: false }) }, check);
  assert.deepEqual([code, stdout.split('\n')[0]], [0, 'drift  checkout  behaviors/a.yaml  environment  only observed, decides nothing']);
});

test('drift check ends with 3 where nothing was judged, also if it only observes', async (t) => {
  const down = await aService(t, (response) => response.writeHead(404).end());
  const observed = behaviorAt(down, { strict: false });
  const [alone, beside] = [await run(t, down, { 'behaviors/a.yaml': observed }, check), await answering(t, { score: 0.847 })];
  assert.equal(alone.code, 3);
  const files = { 'behaviors/a.yaml': behaviorAt(beside), 'behaviors/b.yaml': JSON.stringify({ ...JSON.parse(behaviorAt(down, { strict: false })), name: 'observed', source: { type: 'http-json', url: 'http://127.0.0.1:1/' } }) };
  assert.equal((await run(t, beside, files, check)).code, 0);
});

test('drift check tells where a behaviour can not be read, and what a name that is a number needs', async (t) => {
  const service = await answering(t, { score: 1 });
  const { code, stdout } = await run(t, service, { 'behaviors/204.yaml': 'kind: Behavior\nname: 204\nscope: environment\nowner: team:a\nsource: {type: contract-releases}\n' }, check);
  assert.deepEqual([code, stdout.split('\n').slice(0, 2)], [3, ['unreadable  behaviors/204.yaml:2:1', '  Cannot use `name`: found 204, expected string, in quotes: "204".']]);
});

test('drift check says that a name is none where the configuration names no behaviour', async (t) => {
  const service = await answering(t, { score: 1 });
  const { code, stderr } = await run(t, service, {}, [...check, '--behavior', 'nope']);
  assert.deepEqual([code, stderr.includes('Cannot measure the behaviour "nope": the configuration names no behaviour, expected one of that name.')], [64, true]);
});

test('drift check measures what Prometheus answers, and what an OpenAPI document says of live responses', async (t) => {
  const service = await aService(t, (response, request) => {
    const at = new URL(request.url ?? '', 'http://a').searchParams.get('time');
    json(request.url?.startsWith('/orders/1') === true ? '{"id": "x"}' : JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [Number(at), '0.5'] }] } }))(response);
  });
  const schema = { type: 'object', properties: { id: { type: 'integer' } } };
  const api = { openapi: '3.0.3', info: { title: 'a', version: '1' }, paths: { '/orders/{id}': { get: { operationId: 'order', responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } } } } };
  const files = {
    'api.json': JSON.stringify(api),
    'behaviors/api.yaml': JSON.stringify({ kind: 'Behavior', name: 'api', scope: 'environment', owner: 'team:a', source: { type: 'openapi', document: 'api.json', server: service.url, operations: [{ id: 'order', parameters: { id: 1 } }] } }),
    'behaviors/share.yaml': JSON.stringify({ kind: 'Behavior', name: 'share', scope: 'environment', owner: 'team:a', source: { type: 'prometheus', url: service.url, queries: { share: { query: 'share' } } }, metrics: [{ name: 'share', pointer: '/share', baseline: 0.5 }] }),
  };
  const { code, stdout } = await run(t, service, files, check);
  assert.equal(code, 1);
  assert.match(stdout, /drift {2}api .*\n {2}drift {2}differences\n {4}order\/id must be integer\.\n\nas agreed {2}share /);
});

test('drift check asks only for the behaviours that are named, and knows what a wrong name may mean', async (t) => {
  const service = await answering(t, { score: 0.847 });
  const files = { 'behaviors/a.yaml': behaviorAt(service), 'behaviors/b.yaml': behaviorAt(service, { name: 'search', metrics: [{ name: 'score', pointer: '/score', baseline: 1 }] }) };
  assert.equal((await run(t, service, files, [...check, '--behavior', 'checkout'])).code, 0);
  const wrong = await run(t, service, files, [...check, '--behavior', 'chekout']);
  assert.deepEqual([wrong.code, wrong.stderr.includes('expected one of checkout, search. Did you mean checkout?')], [64, true]);
});

test('drift check names every setting that is wrong, and no secret', async (t) => {
  const service = await answering(t, 1);
  const { code, stderr } = await run(t, service, {}, check, { BEHAVIOR_HOSTS: 'https://a', BEHAVIOR_SECRETS_FILE: 'gone.yaml' });
  assert.deepEqual([code, /BEHAVIOR_HOSTS has "https:\/\/a".*BEHAVIOR_SECRETS_FILE names/s.test(stderr)], [64, true]);
});

test('drift check without a configuration says so', async (t) => {
  const service = await answering(t, 1);
  const made = aRepository(t);
  made.commit({ 'README.md': 'x' }, 'First');
  const { code, stderr } = await runPlumbline(made.directory, ['drift', ...check], { environment: { BEHAVIOR_HOSTS: service.host } });
  assert.deepEqual([code, stderr.includes('there is no .github/plumbline.yml in the base')], [64, true]);
});

test('drift baseline writes what was measured with what made it, and the next check passes by it', async (t) => {
  const service = await answering(t, { latency: [...values(60)], reproducibility: made });
  const files = { 'behaviors/a.yaml': behaviorAt(service, { metrics: [latency], reproducibility: made }) };
  const { code, stdout, directory } = await run(t, service, files, record);
  assert.equal(code, 0, stdout);
  const written = JSON.parse(readFileSync(join(directory, 'baselines/latency.json'), 'utf8'));
  const { at, ...recorded } = written.recorded;
  assert.ok(!Number.isNaN(Date.parse(at)));
  assert.deepEqual([written.values, written.reproducibility, recorded], [[...values(60)], made, { behavior: 'checkout', metric: 'latency', n: 60, digest: digestOfValue([...values(60)]) }]);
  assert.match(stdout, /^latency with 60 samples: passes unchanged \d+(\.\d)? %.*\n\nP\(pass \| unchanged\) of checkout: \d+(\.\d)? %\nWrote baselines\/latency\.json\.\n$/);
});

test('drift baseline refuses a behaviour that would block what is unchanged, unless it says that it accepts that', async (t) => {
  const service = await answering(t, { ok: 58, n: 60 });
  const rate = { name: 'rate', successes: '/ok', trials: '/n', baseline: { successes: 58, trials: 60 }, margin: 0.1, direction: 'decrease' };
  const refused = await run(t, service, { 'behaviors/a.yaml': behaviorAt(service, { metrics: [rate] }) }, record);
  assert.deepEqual([refused.code, /passes unchanged 86 %.*Refused: .* less than 95 %/s.test(refused.stdout)], [1, true]);
  const accepted = await run(t, service, { 'behaviors/a.yaml': behaviorAt(service, { metrics: [rate], acceptBlocking: true }) }, record);
  assert.deepEqual([accepted.code, accepted.stdout.includes('In behaviors/a.yaml set `baseline` of rate to {"successes":58,"trials":60}')], [0, true]);
});

test('drift baseline writes nothing of a measurement that is none', async (t) => {
  const answers: readonly JsonValue[] = [{ latency: [1, 2, 3] }, { latency: [1, 2, null, 4, 5] }, { latency: 'NaN' }, {}];
  for (const answer of answers) {
    const service = await answering(t, answer);
    const { code, stdout, directory } = await run(t, service, { 'behaviors/a.yaml': behaviorAt(service, { metrics: [latency] }) }, record);
    assert.deepEqual([code, stdout.startsWith('Cannot record a baseline of checkout'), existsSync(join(directory, 'baselines'))], [3, true, false]);
  }
});

test('attack: a file that is no baseline is not written over, and nothing else is written then', async (t) => {
  const service = await answering(t, { latency: [...values(60)], other: [...values(60)] });
  const metrics = [latency, { ...latency, name: 'other', samples: '/other', baselineSamples: '.github/plumbline.yml' }];
  const { code, stderr, directory } = await run(t, service, { 'behaviors/a.yaml': behaviorAt(service, { metrics }) }, record);
  assert.deepEqual([code, stderr.includes('Cannot record a baseline in ".github/plumbline.yml": found a file that is no baseline, expected a list of values, an object with them as `values`, or no file. Nothing was changed.')], [64, true]);
  assert.deepEqual([readFileSync(join(directory, '.github/plumbline.yml'), 'utf8'), existsSync(join(directory, 'baselines'))], [configuration, false]);
});

test('attack: a baseline that is a symbolic link is not written through', async (t) => {
  const service = await answering(t, { latency: [...values(60)] });
  const made = aRepository(t);
  made.commit({ '.github/plumbline.yml': configuration, 'behaviors/a.yaml': behaviorAt(service, { metrics: [{ ...latency, baselineSamples: 'latency.json' }] }) }, 'First');
  symlinkSync('../elsewhere.json', join(made.directory, 'latency.json'));
  const { code, stderr } = await runPlumbline(made.directory, ['drift', ...record], { environment: { BEHAVIOR_HOSTS: service.host } });
  assert.deepEqual([code, stderr.includes('it is a symbolic link')], [64, true]);
});

test('check asks the drift gate: a behaviour of the environment decides nothing, and one of changes is not known where only the App can ask', async (t) => {
  const service = await answering(t, { score: 0.847 });
  const ofChange = behaviorAt(service, { name: 'sampled', scope: 'change', source: { type: 'github-actions', workflow: 'acme/ci/.github/workflows/sample.yml', ref: 'refs/heads/main' } });
  const judged = async (behavior: string): Promise<CommandResult> => {
    const repository = aRepository(t);
    repository.commit({ '.github/plumbline.yml': configuration, 'behaviors/a.yaml': behavior, 'src/a.ts': 'old' }, 'First');
    repository.git('checkout', '-q', '-b', 'topic');
    repository.commit({ 'src/a.ts': 'new' }, 'Change');
    return await runPlumbline(repository.directory, ['check', '--gate', 'change,drift']);
  };
  const [environment, change] = [await judged(behaviorAt(service)), await judged(ofChange)];
  assert.deepEqual([environment.code, change.code, service.requests.length], [0, 3, 0]);
  assert.match(environment.stdout, /the behaviour checkout: judged on schedule at the default branch, so it decides nothing here/);
  assert.match(change.stdout, /^blocked {2}drift\/no_signal {2}behaviors\/a\.yaml:1:20\n.*the command line does not ask GitHub: the App does/);
});
