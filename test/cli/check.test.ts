import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { aRepository } from '../builders/a-repository.ts';
import type { TestRepository } from '../builders/a-repository.ts';
import { plantTraps } from '../builders/plant-traps.ts';
import { aContractRepository, configuration, contractText, mergeOnMain } from './contract-repository.ts';
import { runPlumbline, spawnPlumbline } from './run-plumbline.ts';
import type { CommandResult } from './run-plumbline.ts';

const waivers = 'version: 1\nwaivers: [{code: contract/schema_invalid, fingerprint: 0123456789abcdef, path: contracts/checkout.yaml, grantedBy: mona, owner: "team:checkout", reason: until it is mended, until: 2099-01-01}]\n';
const mutated = contractText({ spec: '{promise: another}' });

interface Judged {
  readonly decision: string;
  readonly cause: string;
  readonly codes: readonly string[];
  readonly skipped: readonly string[];
}

function judged({ stdout }: CommandResult): Judged {
  const record = JSON.parse(stdout);
  const verdicts: { findings: { code: string }[]; skipped: { rule: string }[] }[] = record.verdicts;
  return { decision: record.decision, cause: record.cause, codes: verdicts.flatMap(({ findings }) => findings.map(({ code }) => code)), skipped: verdicts.flatMap(({ skipped }) => skipped.map(({ rule }) => rule)) };
}

const json = ['check', '--format', 'json'];

test('check exits 0 when a released contract gets a proper successor', async (t) => {
  const made = aContractRepository(t);
  const { stdout: hash } = await runPlumbline(made.directory, ['contract', 'hash', 'contracts/checkout.yaml']);
  made.commit({ 'contracts/checkout.yaml': contractText({ version: '1.1.0', previous: hash.trim(), spec: '{promise: two}' }) });
  const result = await spawnPlumbline(made.directory, json);
  assert.deepEqual([result.code, judged(result).decision, judged(result).codes], [0, 'allow', []]);
});

test('check exits 1 when a released contract changed under its version', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  const result = await spawnPlumbline(made.directory, json);
  assert.deepEqual([result.code, judged(result).codes], [1, ['contract/immutable_changed']]);
});

test('check exits 3 when a retired contract that was removed comes back as active: git does not tell whether it was released', async (t) => {
  const made = aContractRepository(t);
  for (const lifecycle of ['deprecated', 'retired']) mergeOnMain(made, { 'contracts/checkout.yaml': contractText({ lifecycle }) });
  made.git('rm', '-q', 'contracts/checkout.yaml');
  made.commit({});
  made.git('checkout', '-q', '-B', 'topic');
  made.commit({ 'contracts/checkout.yaml': contractText() });
  const result = await runPlumbline(made.directory, json);
  assert.deepEqual([result.code, judged(result).codes], [3, ['contract/record_incomplete']]);
});

test('check exits 1 when a contract does not fit its schema, and names line and column', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/new.yaml': contractText({ id: 'new', spec: '7' }) });
  const result = await runPlumbline(made.directory, ['check']);
  assert.equal(result.code, 1);
  assert.match(result.stdout, /contract\/schema_invalid {2}contracts\/new\.yaml:5:1/);
});

test('check exits 2 when the change only mends a broken base configuration', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', 'main');
  made.commit({ '.github/plumbline.yml': 'version: 9\n' });
  made.git('checkout', '-q', '-b', 'mend');
  made.commit({ '.github/plumbline.yml': `${configuration}# mended\n` });
  const result = await spawnPlumbline(made.directory, json);
  assert.deepEqual([result.code, judged(result).decision], [2, 'hold']);
});

test('check exits 2 when the change mends a broken base configuration that names waivers and files of its own, which stand there and were not read', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', 'main');
  const acting = `${configuration}governance: {actions: [{action: ci.change, tier: 3, paths: [".github/**"]}]}\n`;
  made.commit({ '.github/plumbline.yml': acting, '.plumbline/waivers.yaml': waivers });
  made.commit({ '.github/plumbline.yml': 'version: 9\n' });
  made.git('checkout', '-q', '-b', 'mend');
  made.commit({ '.github/plumbline.yml': `${acting}waivers: [".plumbline/waivers.yaml"]\n` });
  made.write({ 'context.json': aContext() });
  const asked = [...json, '--context', 'context.json'];
  const mend = await runPlumbline(made.directory, asked);
  assert.deepEqual([mend.code, judged(mend).codes], [2, ['config/repair', 'config/base_invalid']]);
  made.commit({ 'src/a.ts': 'more\n' });
  const more = await runPlumbline(made.directory, asked);
  assert.deepEqual([more.code, judged(more).codes.includes('config/repair')], [1, false]);
});

for (const [what, put] of [
  ['a directory', (made: TestRepository) => made.commit({ '.github/plumbline.yml/x': '1' })],
  ['a submodule', (made: TestRepository) => (made.git('update-index', '--add', '--cacheinfo', `160000,${made.git('rev-parse', 'HEAD')},.github/plumbline.yml`), made.git('commit', '-q', '-m', 'odd'))],
  ['a symlink', (made: TestRepository) => (mkdirSync(join(made.directory, '.github')), symlinkSync('../readme.md', join(made.directory, '.github/plumbline.yml')), made.commit({}))],
] as const) {
  test(`attack: ${what} in place of the configuration denies every change, and the change that mends it is held`, async (t) => {
    const made = aRepository(t);
    made.commit({ 'readme.md': configuration });
    put(made);
    made.git('checkout', '-q', '-b', 'any');
    made.git('commit', '-q', '--allow-empty', '-m', 'any');
    const any = await runPlumbline(made.directory, [...json, '--base', 'main']);
    assert.deepEqual([any.code, judged(any).codes], [1, ['config/base_invalid']]);
    assert.ok(any.stdout.includes(`it is ${what}`));
    rmSync(join(made.directory, '.github'), { recursive: true, force: true });
    made.commit({ '.github/plumbline.yml': configuration });
    const mend = await runPlumbline(made.directory, [...json, '--base', 'main']);
    assert.deepEqual([mend.code, judged(mend).codes], [2, ['config/base_invalid', 'config/repair']]);
  });
}

test('attack: a directory that once stood in place of the configuration blocks nothing after adoption', async (t) => {
  const made = aRepository(t);
  made.commit({ '.github/plumbline.yml/x': '1', 'readme.md': 'hello' });
  rmSync(join(made.directory, '.github'), { recursive: true });
  made.commit({});
  made.commit({ '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': contractText() });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'readme.md': 'hello again' });
  assert.equal((await runPlumbline(made.directory, json)).code, 0);
});

test('check exits 3 when history was cut off, and names git fetch --unshallow', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/new.yaml': contractText({ id: 'new' }) });
  made.git('clone', '-q', '--depth=1', '--no-single-branch', `file://${made.directory}`, 'shallow');
  const result = await spawnPlumbline(join(made.directory, 'shallow'), json);
  assert.deepEqual([result.code, result.stdout], [3, '']);
  assert.match(result.stderr, /git fetch --unshallow/);
});

test('check and contract bump exit 64 without a base and show the line to type, which is the one that was typed', async (t) => {
  const made = aRepository(t, { branch: 'trunk' });
  const lineOf = async (...words: readonly string[]) => /(?:Type|Make a first one): (.*)/.exec((await runPlumbline(made.directory, words)).stderr)?.[1];
  assert.equal(await lineOf('check'), 'git add -A && git commit -m "First commit"');
  made.commit({ 'a.txt': 'a' });
  assert.deepEqual([await lineOf('check', '--worktree'), (await runPlumbline(made.directory, ['check'])).code], ['plumbline check --worktree --base trunk', 64]);
  assert.equal(await lineOf('policy', 'digest'), 'plumbline policy digest --ref trunk');
  made.git('branch', 'topic');
  assert.equal(await lineOf('contract', 'bump', '--', '-a b.yaml'), "plumbline contract bump --base <branch> -- '-a b.yaml'");
});

for (const words of [['--base', 'nowhere'], ['--base', '--output=pwned'], ['--head', 'nowhere'], ['--gate', 'contract'], ['--format', 'xml'], ['--now', 'tomorrow'], ['--worktree', '--head', 'main'], ['--context', 'nowhere.json'], ['--organization', 'nowhere'], ['--repo', 'nowhere'], ['--wrong'], ['extra']]) {
  test(`check ${words.join(' ')} exits 64 and prints nothing on standard output`, async (t) => {
    const made = aContractRepository(t);
    const result = await runPlumbline(made.directory, ['check', ...words]);
    assert.deepEqual([result.code, result.stdout], [64, '']);
    assert.equal(existsSync(join(made.directory, 'pwned')), false);
  });
}

test('check --gate with a mistyped name suggests the right one', async (t) => {
  const result = await runPlumbline(aContractRepository(t).directory, ['check', '--gate', 'contract']);
  assert.match(result.stderr, /Did you mean contracts\?/);
});

test('check --gate judges only the named gate', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  const result = await runPlumbline(made.directory, [...json, '--gate', 'change']);
  assert.deepEqual([result.code, JSON.parse(result.stdout).gates], [0, ['change']]);
});

test('check --worktree judges what is neither committed nor staged, and a clean head is allowed', async (t) => {
  const made = aContractRepository(t);
  made.write({ 'contracts/checkout.yaml': mutated, 'contracts/untracked.yaml': 'not: [a contract' });
  assert.equal((await runPlumbline(made.directory, json)).code, 0);
  const result = await runPlumbline(made.directory, [...json, '--worktree']);
  assert.deepEqual([result.code, judged(result).codes.toSorted()], [1, ['contract/immutable_changed', 'contract/unparsable']]);
});

test('check --repo judges another directory, and --base and --head name commits', async (t) => {
  const made = aContractRepository(t);
  const good = made.commit({ 'readme.md': 'hello' });
  made.commit({ 'contracts/checkout.yaml': mutated });
  const elsewhere = aRepository(t).directory;
  const range = ['--repo', made.directory, '--base', 'main'];
  assert.deepEqual([(await runPlumbline(elsewhere, [...json, ...range])).code, (await runPlumbline(elsewhere, [...json, ...range, '--head', good])).code], [1, 0]);
});

test('check in a folder below, and with --repo, names commands that work as they are typed there', async (t) => {
  const made = aContractRepository(t);
  made.write({ 'docs/a.md': 'a', 'contracts/checkout.yaml': contractText({ spec: '{promise: two}' }), 'contracts/-a b`c.yaml': contractText({ id: 'b', previous: `sha256:${'a'.repeat(64)}` }) });
  const nextAt = async (folder: string, ...words: readonly string[]) => [...(await runPlumbline(join(made.directory, folder), ['check', '--worktree', ...words])).stdout.matchAll(/next: Run `(.*)` and commit/g)].map(([, next]) => next);
  assert.deepEqual(await nextAt('contracts'), ["plumbline contract bump './-a b`c.yaml'", 'plumbline contract bump checkout.yaml']);
  assert.deepEqual(await nextAt('docs', '--repo', '..'), ["plumbline contract bump 'contracts/-a b`c.yaml' --repo ..", 'plumbline contract bump contracts/checkout.yaml --repo ..']);
  assert.equal((await runPlumbline(join(made.directory, 'docs'), ['contract', 'bump', '../contracts/-a b`c.yaml', '../contracts/checkout.yaml'])).code, 0);
  assert.deepEqual(await nextAt('docs'), []);
});

test('check of a base that no configuration governs is allowed and says that nothing is governed', async (t) => {
  const made = aContractRepository(t);
  made.git('branch', 'release', 'main');
  made.commit({ 'contracts/checkout.yaml': mutated });
  const result = await runPlumbline(made.directory, ['check', '--base', 'release']);
  assert.match(result.stdout, /nothing is governed: no entry of the configuration names the branch release/);
});

test('check of a first configuration judges by it and calls that a preview', async (t) => {
  const made = aRepository(t);
  made.commit({ 'readme.md': 'hello' });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ '.github/plumbline.yml': configuration, 'contracts/new.yaml': 'contractId: 7\n' });
  const result = await runPlumbline(made.directory, ['check']);
  assert.equal(result.code, 1);
  assert.match(result.stdout, /preview that decides nothing/);
});

test('check says in its last line what only GitHub knows, --strict makes that exit 3, and a context ends it', async (t) => {
  const made = aContractRepository(t);
  made.write({ 'context.json': aContext() });
  const plain = await runPlumbline(made.directory, ['check']);
  assert.match(plain.stdout.trimEnd().split('\n').at(-1) ?? '', /^the App will also ask: /);
  assert.deepEqual([plain.code, (await runPlumbline(made.directory, ['check', '--strict'])).code], [0, 3]);
  const told = await runPlumbline(made.directory, ['check', '--strict', '--context', 'context.json']);
  assert.deepEqual([told.code, told.stdout.includes('the App will also ask')], [0, false]);
});

test('check --strict stays 1 for a change that is denied', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  assert.equal((await runPlumbline(made.directory, ['check', '--strict'])).code, 1);
});

for (const [what, context] of [['an unknown member', { surprise: 1 }], ['a wrong kind', { author: { login: 'a', kind: 'robot' } }], ['a team of numbers', { teams: { a: [1] } }]] as const) {
  test(`check refuses a context with ${what}, with line and column`, async (t) => {
    const made = aContractRepository(t);
    made.write({ 'context.json': aContext(context) });
    const result = await runPlumbline(made.directory, ['check', '--context', 'context.json']);
    assert.equal(result.code, 64);
    assert.match(result.stderr, /line \d+, column \d+/);
  });
}

test('check --organization applies rules that the repository can not loosen', async (t) => {
  const made = aRepository(t);
  made.commit({ 'org/plumbline.yml': configuration, '.github/plumbline.yml': 'version: 1\n', 'contracts/checkout.yaml': contractText() });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'contracts/checkout.yaml': mutated });
  assert.equal((await runPlumbline(made.directory, json)).code, 0);
  for (const path of ['org', 'org/plumbline.yml']) {
    const result = await runPlumbline(made.directory, [...json, '--organization', path]);
    assert.deepEqual([result.code, judged(result).codes], [1, ['contract/immutable_changed']]);
  }
});

test('check --format json is a decision record of the schema, and equal runs at one instant give equal bytes', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated, 'docs/x.md': 'x' });
  const words = [...json, '--now', '2026-11-20T12:00:00Z'];
  const [first, second] = await Promise.all([runPlumbline(made.directory, words), runPlumbline(made.directory, words)]);
  const schema = JSON.parse(readFileSync(new URL('../../schemas/decision.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  assert.ok(validate(JSON.parse(first.stdout)), JSON.stringify(validate.errors));
  assert.equal(first.stdout, second.stdout);
  assert.deepEqual(JSON.parse(first.stdout).uncovered, ['docs/x.md']);
});

test('check --format sarif, github and junit each name the finding in their own form', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  const [sarif, github, junit] = await Promise.all(['sarif', 'github', 'junit'].map(async (format) => await runPlumbline(made.directory, ['check', '--format', format])));
  assert.equal(JSON.parse(sarif?.stdout ?? '').runs[0].results[0].ruleId, 'contract/immutable_changed');
  assert.match(github?.stdout ?? '', /^::error .*file=contracts\/checkout\.yaml/m);
  assert.match(junit?.stdout ?? '', /^<\?xml[\s\S]*contract\/immutable_changed/);
  assert.deepEqual([sarif, github, junit].map((result) => result?.code), [1, 1, 1]);
});

test('check never colours what goes to a pipe', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  const { stdout, stderr } = await spawnPlumbline(made.directory, ['check'], { environment: { FORCE_COLOR: '1', TERM: 'xterm-256color' } });
  assert.equal(`${stdout}${stderr}`.includes('\u001b'), false);
});

test('check loads neither the server, nor GitHub, nor a database', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  const guard = "import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { if (/probot|octokit|pglite|kysely|^pg$|hono|pino/.test(name)) throw new Error('loaded ' + name); return next(name, context); } });";
  const result = await spawnPlumbline(made.directory, ['check'], { node: ['--import', `data:text/javascript,${encodeURIComponent(guard)}`] });
  assert.deepEqual([result.code, result.stderr], [1, '']);
});

test('attack: a repository full of programs for git to run has none of them run by check', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  const trap = plantTraps(made);
  for (const words of [json, ['contract', 'hash', 'contracts/checkout.yaml']]) await spawnPlumbline(made.directory, words);
  for (const words of [[...json, '--worktree'], ['config', 'check'], ['doctor']]) await runPlumbline(made.directory, words);
  assert.equal(existsSync(trap), false);
});

test('attack: file names with line feeds, escapes and workflow commands stay text', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/a\n::error::pwned\u001b[31m.yaml': 'not a contract' });
  for (const format of ['pretty', 'github', 'sarif', 'junit', 'json']) {
    const result = await runPlumbline(made.directory, ['check', '--format', format]);
    assert.equal(result.code, 1);
    assert.doesNotMatch(result.stdout, /^::error::pwned/m);
    assert.equal(result.stdout.includes('\u001b'), false);
  }
});

test('attack: a contract that is a symbolic link is not followed', async (t) => {
  const made = aContractRepository(t);
  const blob = made.git('rev-parse', 'HEAD:contracts/checkout.yaml');
  made.git('update-index', '--add', '--cacheinfo', `120000,${blob},contracts/link.yaml`);
  made.git('commit', '-q', '-m', 'link');
  const result = await runPlumbline(made.directory, json);
  assert.deepEqual([result.code, judged(result).codes], [1, ['snapshot/not_a_file']]);
});

test('attack: a replace ref that shows the released content for the changed one is not believed', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'contracts/checkout.yaml': mutated });
  made.git('replace', made.git('rev-parse', 'HEAD:contracts/checkout.yaml'), made.git('rev-parse', 'main:contracts/checkout.yaml'));
  assert.equal((await runPlumbline(made.directory, json)).code, 1);
});

function aContext(change: object = {}): string {
  return JSON.stringify({ author: { login: 'author', kind: 'human' }, teams: {}, approvals: [], fork: false, now: '2026-11-20T12:00:00Z', ...change });
}
