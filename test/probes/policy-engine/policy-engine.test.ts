import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { capabilitiesText, keptBuiltins, pinnedOpa } from '../../../deploy/policy-capabilities.ts';
import { createPolicyEngine } from '../../../src/probes/policy-engine/policy-engine.ts';
import { compiledPolicies } from '../../../src/probes/policy-engine/compiled-policies-of.ts';
import { findOpa, verifiedOpa } from '../../../src/probes/policy-engine/find-opa.ts';
import { readArchive } from '../../../src/probes/policy-engine/read-archive.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { aRule, anEngine, mainRego, policiesOf, policyFiles } from './an-engine.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { engine, folder } = anEngine();
const length = { ...aRule('length', 'result contains {"subject": path, "outcome": "pass"} if {\n\tsome path in input.paths\n\tcount(path) <= data.limits.most\n}\n\nresult contains {"subject": path, "outcome": "fail", "message": sprintf("%s has %d", [path, count(path)])} if {\n\tsome path in input.paths\n\tcount(path) > data.limits.most\n}'), 'limits/data.json': '{"most": 3}' };

test('evaluate() gives a total report, with what each rule says beside its outcome', async () => {
  const policies = policiesOf(await engine.compile(policyFiles(length)));
  const [reading] = await engine.evaluate(policies, [{ input: { version: 1, paths: ['abc', 'long'] }, subjects: ['abc'] }]);
  assert.deepEqual([policies.rules, reading], [['t/length'], { kind: 'report', report: { inputVersion: 1, subjects: ['abc', 'long'], results: [{ rule: 't/length', subject: 'abc', outcome: 'pass', facts: {} }, { rule: 't/length', subject: 'long', outcome: 'fail', facts: { message: 'long has 4' } }] } }]);
});

test('every folder with a rule is evaluated, and a rule that answers nothing is named, not passed over', async () => {
  const silent = { ...length, ...aRule('silent', 'result contains {"subject": "abc", "outcome": "pass"} if input.never'), ...aRule('empty', 'unused := 1') };
  const policies = policiesOf(await engine.compile(policyFiles(silent)));
  assert.deepEqual(policies.rules, ['t/empty', 't/length', 't/silent']);
  assert.deepEqual(await engine.evaluate(policies, [{ input: { version: 1, paths: ['abc'] }, subjects: [] }]), [{ kind: 'silent', why: 'the rule "t/empty" gave no answer for "abc"' }]);
});

test('a rule whose to_number goes silently undefined gives no report: "v3" is not a number and no answer either', async () => {
  const rego = aRule('number', 'result contains {"subject": "x", "outcome": "pass"} if to_number(input.value) >= 2\n\nresult contains {"subject": "x", "outcome": "fail"} if to_number(input.value) < 2');
  const [path = '', text = ''] = Object.entries(rego)[0] ?? [];
  assert.match(JSON.stringify(await engine.compile(policyFiles(rego))), /"refused".*rules\/t\/number\/number\.rego:5: .*undefined function to_number/);
  // As somebody compiles it who keeps to no capabilities.
  writeFileSync(join(folder, 'main.rego'), mainRego);
  writeFileSync(join(folder, 'number.rego'), text);
  execFileSync(pinnedOpa(), ['build', '-t', 'wasm', '-e', 'main/report', '--v1-compatible', '-o', 'built.tar.gz', 'main.rego', 'number.rego'], { cwd: folder });
  const archive = await readArchive(readFileSync(join(folder, 'built.tar.gz')));
  const wasm = archive.kind === 'files' ? archive.files.get('policy.wasm') : undefined;
  const policies = compiledPolicies(wasm ?? new Uint8Array(), '{}', ['t/number']);
  const readings = await engine.evaluate(policies, ['3', 'v3'].map((value) => ({ input: { version: 1, value }, subjects: ['x'] })));
  assert.deepEqual([path, readings.map((one) => (one.kind === 'report' ? one.report.results[0]?.outcome : one.why))], ['rules/t/number/number.rego', ['pass', 'the rule "t/number" gave no answer for "x"']]);
});

test('policies are compiled once per tree, by many at once too, and a file of the cache that was changed is not believed', async (context) => {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  const many = Array.from({ length: 2 }, () => createPolicyEngine({ cacheFolder: path, places: {} }));
  const compiled = await Promise.all(many.map(async (one) => policiesOf(await one.compile(policyFiles(length))).digest));
  const names = readdirSync(path);
  assert.deepEqual([new Set(compiled).size, names.length, names.every((name) => name.endsWith('.policies'))], [1, 1, true]);
  const file = join(path, names[0] ?? '');
  writeFileSync(file, readFileSync(file, 'utf8').replace('t/length', 't/absent'));
  assert.deepEqual(policiesOf(await createPolicyEngine({ cacheFolder: path, places: {} }).compile(policyFiles(length))).rules, ['t/length']);
  // Tests and the order of files change nothing in what is decided, though a tree is read anew with other tests.
  const again = await createPolicyEngine({ cacheFolder: path, places: {} }).compile([...policyFiles({ 'rules/t/length/length_test.rego': 'package length_test\n\nimport rego.v1\n\ntest_it if true\n' }), ...policyFiles(length).toReversed()]);
  assert.deepEqual([policiesOf(again).digest, readdirSync(path).length], [compiled[0], 2]);
});

test('the capabilities are what the pinned OPA has, less all that is not deterministic or reaches outside', () => {
  const text = readFileSync(join(root, 'policies', 'capabilities.json'), 'utf8');
  assert.equal(text, capabilitiesText());
  const { builtins, allow_net: hosts } = JSON.parse(text);
  assert.deepEqual([builtins.map((one: { name: string }) => one.name).toSorted(), builtins.filter((one: { nondeterministic?: boolean }) => one.nondeterministic), hosts], [keptBuiltins.toSorted(), [], []]);
  assert.deepEqual(keptBuiltins.filter((name) => /^(http|net|io|opa|rand|time|crypto|uuid|providers|trace|print|yaml|units|graphql|semver|bits)\b|^(?:div|rem)$|to_number|unmarshal|decode/.test(name)), []);
});

test('a schema that metadata names at an address is not fetched', async (context) => {
  let connections = 0;
  const server = createServer((_, response) => void response.end('{}')).on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const files = policyFiles({ 'a.rego': `package plumbline.rules.t.remote\n\nimport rego.v1\n\n# METADATA\n# schemas:\n#   - input: {"$ref": "http://127.0.0.1:${port}/schema.json"}\nresult contains {"subject": input.x, "outcome": "pass"} if input.x\n` });
  await engine.compile(files);
  await engine.test(files);
  assert.equal(connections, 0);
});

test('OPA is the one that OPA_PATH names, else the first in PATH, else that of the package, whose digest is looked at; what is none is refused', async (context) => {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  writeFileSync(join(path, 'opa'), '#!/bin/sh\n', { mode: 0o755 });
  assert.equal((await findOpa({ OPA_PATH: join(path, 'opa'), PATH: '/nowhere' })).path, join(path, 'opa'));
  assert.equal((await findOpa({ PATH: `.:/nowhere:${path}` })).path, join(path, 'opa'));
  assert.equal((await findOpa({ OPA_PATH: '', PATH: '/nowhere' })).identity, '00d114b94fdb1606a48cccdfc73c9ccdc62c38721150131ae578d5ff3df5c084');
  await assert.rejects(verifiedOpa({ path: join(path, 'opa'), identity: '', pinned: '0'.repeat(64) }), isFailure('OPA_UNAVAILABLE', /expected 0{64}\. It was not run/));
  for (const OPA_PATH of [join(path, 'none'), 'opa', path]) await assert.rejects(findOpa({ OPA_PATH, PATH: path }), isFailure('OPA_UNAVAILABLE'));
});
