import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { aPolicyAction, aPolicyInput } from '../../builders/a-policy-input.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { sha256, signatureOf, tarOf } from '../../probes/policy-engine/a-bundle.ts';
import { constant, opaLike, wasmModule } from '../../probes/policy-engine/wasm-module.ts';
import { runPlumbline } from '../run-plumbline.ts';
import type { CommandResult } from '../run-plumbline.ts';

const { path: directory, remove } = aTemporaryDirectory();
after(remove);

const rule = 'package plumbline.rules.deploy.window\n\nimport rego.v1\n\nresult contains {"subject": change.path, "outcome": change.outcome, "message": "seen\\u001b[31m"} if some change in input.changes\n';
write({
  'policies/deploy/window.rego': rule,
  'policies/deploy/window_test.rego': 'package plumbline.rules.deploy.window_test\n\nimport rego.v1\n\nimport data.plumbline.rules.deploy.window\n\ntest_passes if count(window.result) == 1 with input as {"changes": [{"path": "a", "outcome": "pass"}]}\n',
  'failing/a.rego': rule,
  'failing/a_test.rego': 'package a_test\n\nimport rego.v1\n\ntest_no if false\n\ntest_yes if true\n',
  'broken/a.rego': 'package plumbline.rules.a.b\n\nresult := \n',
  'README.md': 'no policy\n',
  'no-version.json': '{}',
  'twice.json': '{"version":1,"version":1}',
});
for (const [name, outcomes] of [['pass', ['pass']], ['hold', ['pass', 'hold']], ['fail', ['hold', 'fail']], ['nothing', []]] as const) write({ [`${name}.json`]: JSON.stringify({ version: 2, changes: outcomes.map((outcome, index) => ({ path: `p${index}`, outcome })) }) });

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

async function policy(...words: readonly string[]): Promise<CommandResult> {
  return await runPlumbline(directory, ['policy', ...words], { environment: { HOME: directory } });
}

test('policy try and policy test show examples and their exit codes', async () => {
  for (const command of ['try', 'test']) assert.match((await policy(command, '--help')).stdout, /Example:\n {2}plumbline policy [\s\S]*Exit codes: 0 /);
});

for (const [name, code] of [['pass', 0], ['fail', 1], ['hold', 2], ['nothing', 3]] as const) {
  test(`policy try exits ${code} when the strictest answer is ${name}`, async () => {
    assert.equal((await policy('try', '--policies', 'policies', '--input', `${name}.json`)).code, code);
  });
}

test('policy try shows each answer, with nothing that a terminal would act on, and keeps what it compiled', async () => {
  const { stdout } = await policy('try', '--policies', 'policies', '--input', 'hold.json');
  assert.equal(stdout, 'pass  deploy/window  p0\n      {"message":"seen\\u001b[31m"}\nhold  deploy/window  p1\n      {"message":"seen\\u001b[31m"}\n1 rule, 2 subjects, 2 answers for hold.json.\n');
  assert.equal(readdirSync(join(directory, '.cache', 'plumbline', 'policies')).length, 1);
});

test('the rule that the page shows answers as it says', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'policies.md'), 'utf8');
  const [, shown = ''] = /```rego\n([\s\S]*?)```/.exec(page) ?? [];
  const [, snapshot = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  write({ 'shown/deploy/window/window.rego': shown, 'shown/defaults/data.json': '{"longest": 25}', 'snapshot.json': snapshot });
  assert.equal((await policy('try', '--policies', 'shown', '--input', 'snapshot.json')).stdout, 'fail  deploy/window  workflow.change .github/workflows/release.yml\n      {"message":"a path is too long"}\n1 rule, 1 subject, 1 answer for snapshot.json.\n');
  const builtin = await policy('try', '--input', 'snapshot.json', '--format', 'json');
  const told = JSON.parse(builtin.stdout).results.filter(({ outcome }: { readonly outcome: string }) => outcome !== 'pass');
  assert.deepEqual([builtin.code, told], [2, [{ rule: 'governance/approvals_missing', subject: 'workflow.change .github/workflows/release.yml', outcome: 'hold', facts: { from: 'tier3', needed: 2, counted: ['bob'] } }]]);
});

test('policy try gives a program the same as JSON', async () => {
  const { policies, ...shown } = JSON.parse((await policy('try', '--policies', 'policies', '--input', 'pass.json', '--format', 'json')).stdout);
  assert.match(policies, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(shown, { version: 1, kind: 'report', inputVersion: 2, subjects: ['p0'], results: [{ rule: 'deploy/window', subject: 'p0', outcome: 'pass', facts: { message: 'seen\u001b[31m' } }] });
});

test('policy try exits 3 and names the subject that a rule passed over', async () => {
  const { code, stdout } = await policy('try', '--policies', 'policies', '--input', 'pass.json', '--subject', 'p0', '--subject', 'absent');
  assert.deepEqual([code, stdout], [3, 'no answer  policies gave no total report for pass.json:\n  the rule "deploy/window" gave no answer for "absent"\n']);
});

test('policy try exits 1 with file and line when the Rego does not compile', async () => {
  const { code, stdout } = await policy('try', '--policies', 'broken', '--input', 'pass.json');
  assert.equal(code, 1);
  assert.match(stdout, /^refused {2}broken can not be used:[\s\S]*\n {2}a\.rego:4: /);
});

test('policy try takes a bundle by its signature alone, and refuses one without keys or by another', async () => {
  const content = wasmModule(opaLike(constant(3072)));
  const manifest = '{"metadata":{"rules":["t/a"]},"wasm":[{"entrypoint":"main/report","module":"/policy.wasm"}]}';
  const files = [{ name: 'policy.wasm', content }, { name: '.manifest', content: manifest }];
  const key = privateKeyOf('ES256');
  const signature = await signatureOf(files.map((file) => ({ name: file.name, hash: sha256(file.content) })), key);
  write({ 'bundle.tar.gz': tarOf([...files, { name: '.signatures.json', content: signature }]), 'keys.json': JSON.stringify({ keys: [publicJwk(key)] }), 'others.json': JSON.stringify({ keys: [publicJwk(privateKeyOf('ES256', 'them'))] }) });
  const words = ['try', '--policies', 'bundle.tar.gz', '--input', 'pass.json'];
  const [taken, refused, keyless] = [await policy(...words, '--keys', 'keys.json'), await policy(...words, '--keys', 'others.json'), await policy(...words)];
  assert.deepEqual([taken.code, taken.stdout.includes('main.report is undefined')], [3, true]);
  assert.deepEqual([refused.code, refused.stdout.includes('signed by none of the keys')], [1, true]);
  assert.deepEqual([keyless.code, keyless.stderr.includes('--keys <file>')], [64, true]);
});

for (const [what, words] of [['a folder that is not there', ['--policies', 'absent', '--input', 'pass.json']], ['a folder without Rego', ['--policies', '.cache', '--input', 'pass.json']], ['an input without a version', ['--policies', 'policies', '--input', 'no-version.json']], ['an input that names a member twice', ['--policies', 'policies', '--input', 'twice.json']], ['no input', ['--policies', 'policies']]] as const) {
  test(`policy try exits 64 for ${what}`, async () => assert.equal((await policy('try', ...words)).code, 64));
}

test('policy try and policy test exit 3 and say what to install when OPA_PATH names no program', async () => {
  for (const words of [['try', '--policies', 'policies', '--input', 'pass.json'], ['test', 'policies']]) {
    const { code, stderr } = await runPlumbline(directory, ['policy', ...words], { environment: { HOME: directory, OPA_PATH: '/nowhere/opa' } });
    assert.equal(code, 3);
    assert.match(stderr, /^OPA_UNAVAILABLE {2}Cannot run OPA: OPA_PATH is "\/nowhere\/opa"/);
  }
});

test('policy try refuses an input of version 1 that Plumbline would not ask about, with line and column, before any policy sees it', async () => {
  write({ 'short.json': '{"version": 1,\n "changes": []}', 'twins.json': JSON.stringify(aPolicyInput({ actions: [aPolicyAction(), aPolicyAction()] })) });
  const [short, twins] = [await policy('try', '--input', 'short.json'), await policy('try', '--policies', 'policies', '--input', 'twins.json')];
  assert.deepEqual([short.code, short.stderr.includes("line 1, column 1: it must have required property 'now'")], [64, true], short.stderr);
  assert.deepEqual([twins.code, twins.stderr.includes('/actions/1/name must be of no other action')], [64, true], twins.stderr);
});

test('policy try demands an answer for each action, though no rule speaks of it', async () => {
  write({ 'unheard/a.rego': rule, 'unheard.json': JSON.stringify(aPolicyInput({ changes: [] })) });
  assert.match((await policy('try', '--policies', 'unheard', '--input', 'unheard.json')).stdout, /gave no answer for "workflow\.change \.github\/workflows\/ci\.yml"/);
});

test('the built-in rules are tried where there is no OPA', async () => {
  write({ 'builtin.json': JSON.stringify(aPolicyInput({ actions: [aPolicyAction({ tier: 1 })] })) });
  assert.equal((await runPlumbline(directory, ['policy', 'try', '--input', 'builtin.json'], { environment: { OPA_PATH: '/nowhere/opa' } })).code, 0);
});

test('policy test without a folder runs the tests of the built-in rules', async () => {
  const { code, stdout } = await policy('test');
  assert.deepEqual([code, /^(\d+) of \1 tests passed in the built-in rules\.\n$/.test(stdout)], [0, true], stdout);
});

test('policy test exits 0 when every test passes', async () => {
  assert.deepEqual(await policy('test', 'policies'), { code: 0, stdout: '1 of 1 test passed in policies.\n', stderr: '' });
});

test('policy test exits 1 and names the test that fails', async () => {
  assert.deepEqual(await policy('test', 'failing'), { code: 1, stdout: 'fail  a_test.rego:5  a_test.test_no\n1 of 2 tests passed in failing.\n', stderr: '' });
});

test('policy test refuses what policy try would refuse, and a test that OPA passes over, with file and line', async () => {
  const bodyless = rule.replace(/ if some .*/, '').replaceAll('change.', 'input.');
  write({ 'bodyless/a.rego': bodyless, 'bodyless/a_test.rego': 'package a_test\n\ntest_yes if true\n' });
  write({ 'passed-over/a.rego': rule, 'passed-over/a_test.rego': 'package a_test\n\ntest_yes if true\n\ntest_table[note] if {\n\tsome note, value in {"one": 1}\n\tvalue == 2\n}\n' });
  for (const [folder, place] of [['bodyless', 'a.rego:5: found a result without a body'], ['passed-over', 'a_test.rego:5: found test_table with something after its name']] as const) {
    for (const words of [['test', folder], ['try', '--policies', folder, '--input', 'pass.json']]) {
      const { code, stdout } = await policy(...words);
      assert.deepEqual([code, stdout.includes(`  ${place}`)], [1, true], stdout);
    }
  }
});

test('policy test refuses Rego that does not compile, and a folder without tests proves nothing', async () => {
  assert.equal((await policy('test', 'broken', '--format', 'json')).code, 1);
  write({ 'untested/a.rego': rule });
  const { code, stdout } = await policy('test', 'untested');
  assert.deepEqual([code, stdout.startsWith('no tests')], [1, true]);
});

for (const [what, path, link, found] of [['rule', 'b.rego', 'policies/deploy/window.rego', /"b\.rego" is a link/], ['folder of rules', 'more', 'policies/deploy', /"more" is a link/], ['link that leads nowhere', 'b.rego', 'absent', /"b\.rego" is a link/]] as const) {
  test(`a ${what} that is linked into the folder is refused, not passed over`, async (context) => {
    const { path: folder, remove: forget } = aTemporaryDirectory();
    context.after(forget);
    writeFileSync(join(folder, 'a.rego'), rule);
    symlinkSync(join(directory, link), join(folder, path));
    for (const words of [['try', '--policies', folder, '--input', 'pass.json'], ['test', folder]]) {
      const { code, stderr } = await policy(...words);
      assert.deepEqual([code, found.test(stderr)], [64, true], stderr);
    }
  });
}

test('a rule whose file no reader of Rego takes is refused, and so is a threshold in another form than data.json', async () => {
  for (const [index, path] of ['rule.Rego', 'rule.rego~', 'limits.json', 'data.yaml', '.hidden/rule.rego', 'load_test/load_test.rego'].entries()) {
    write({ [`passed-over-${index}/a.rego`]: rule, [`passed-over-${index}/${path}`]: rule });
    const { code, stdout } = await policy('try', '--policies', `passed-over-${index}`, '--input', 'pass.json');
    assert.deepEqual([code, stdout.startsWith('refused')], [1, true], path);
  }
});

test('what a page or git keeps beside rules is left alone', async () => {
  write({ 'kept/a.rego': rule, 'kept/README.md': 'words', 'kept/LICENSE': '', 'kept/.gitignore': '', 'kept/.git/objects/a.rego': 'no policy', 'kept/.manifest': '{}' });
  assert.equal((await policy('try', '--policies', 'kept', '--input', 'pass.json')).code, 0);
});
