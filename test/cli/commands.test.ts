import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aRepository } from '../builders/a-repository.ts';
import { aContractRepository, configuration, contractText } from './contract-repository.ts';
import { runPlumbline, spawnPlumbline } from './run-plumbline.ts';

const everyCommand = [[], ['check'], ['init'], ['contract'], ['contract', 'hash'], ...['init', 'bump', 'release', 'deprecate', 'retire', 'log', 'diff', 'key', 'sign', 'verify'].map((word) => ['contract', word]), ['schema'], ['schema', 'check'], ['config'], ['config', 'check'], ['config', 'show'], ['config', 'detach'], ['audit'], ['audit', 'verify'], ['audit', 'export'], ['audit', 'tail'], ['audit', 'resume'], ['audit', 'erase'], ['audit', 'hold'], ['audit', 'holds'], ['audit', 'release-hold'], ['evidence'], ['evidence', 'init'], ['evidence', 'check'], ['doctor'], ['setup'], ['serve']];

for (const words of everyCommand) {
  test(`plumbline ${[...words, '--help'].join(' ')} exits 0 and shows an example`, async (t) => {
    const { code, stdout } = await runPlumbline(aRepository(t).directory, [...words, '--help']);
    assert.equal(code, 0);
    assert.match(stdout, /Example:\n {2}plumbline /);
  });
}

test('plumbline contract key --help does not say of --repo where paths of contracts start', async (t) => {
  const { stdout } = await runPlumbline(aRepository(t).directory, ['contract', 'key', '--help']);
  const [, repo = ''] = /--repo <dir>([^]*?)\n {2}--/.exec(stdout) ?? [];
  assert.deepEqual([repo.includes('key file'), repo.includes('paths of')], [true, false]);
});

test('plumbline --version prints the version of the package', async (t) => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.deepEqual(await spawnPlumbline(aRepository(t).directory, ['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
});

test('a mistyped command exits 64 and suggests the right one', async (t) => {
  const { code, stdout, stderr } = await spawnPlumbline(aRepository(t).directory, ['chek']);
  assert.deepEqual([code, stdout], [64, '']);
  assert.match(stderr, /Did you mean check\?/);
});

test('attack: an unknown word with an escape sequence is shown and not performed', async (t) => {
  const { directory } = aRepository(t);
  for (const words of [['\u001b[31mcheck'], ['check', '--\u001b[31mbase'], ['check', '--format', '\u001b[31m']]) {
    const { code, stderr } = await runPlumbline(directory, words);
    assert.deepEqual([code, stderr.includes('\u001b'), stderr.includes('␛[31m')], [64, false, true], words.join(' '));
  }
});

test('a mistyped option exits 64 and suggests the right one', async (t) => {
  const { code, stderr } = await runPlumbline(aRepository(t).directory, ['check', '--formt', 'json']);
  assert.equal(code, 64);
  assert.match(stderr, /Did you mean --format\?/);
});

test('init writes a valid configuration that observes, and names the next steps', async (t) => {
  const made = aRepository(t);
  const { code, stdout } = await runPlumbline(made.directory, ['init']);
  assert.equal(code, 0);
  assert.match(stdout, /Next:\n {2}1\. /);
  assert.equal((await runPlumbline(made.directory, ['config', 'check'])).code, 0);
  made.commit({});
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'contracts/new.yaml': 'contractId: 7\n' });
  const judged = await runPlumbline(made.directory, ['check', '--format', 'json']);
  assert.deepEqual([judged.code, JSON.parse(judged.stdout).decision, JSON.parse(judged.stdout).wouldBe], [0, 'allow', 'deny']);
});

test('check --worktree right after init judges by the configuration that is not committed yet', async (t) => {
  const made = aRepository(t);
  made.commit({ 'readme.md': 'hello' });
  await runPlumbline(made.directory, ['init']);
  made.write({ 'contracts/new.yaml': 'contractId: 7\n' });
  const { code, stdout } = await runPlumbline(made.directory, ['check', '--worktree', '--format', 'json']);
  assert.deepEqual([code, JSON.parse(stdout).wouldBe], [0, 'deny']);
  assert.match(stdout, /preview that decides nothing/);
});

test('init, config check, config show and doctor in a subdirectory work on the top of the repository', async (t) => {
  const made = aRepository(t);
  made.write({ 'deep/down/readme.md': 'hello' });
  const below = join(made.directory, 'deep/down');
  assert.match((await runPlumbline(below, ['init'])).stdout, /^Wrote \.github\/plumbline\.yml in \/.*, the top of the repository: /);
  assert.equal(existsSync(join(made.directory, '.github/plumbline.yml')), true);
  assert.deepEqual([(await runPlumbline(below, ['config', 'check'])).code, (await runPlumbline(below, ['config', 'show'])).code], [0, 0]);
  assert.match((await runPlumbline(below, ['doctor'])).stdout, /configuration {2}\.github\/plumbline\.yml is valid/);
});

test('init --repo names next steps for that repository, and config check and show take the same option', async (t) => {
  const made = aRepository(t);
  mkdirSync(join(made.directory, 'a b/c'), { recursive: true });
  const there = ['--repo', '../../a b'];
  const missing = await runPlumbline(join(made.directory, 'a b/c'), ['config', 'check', ...there]);
  assert.match(missing.stderr, /Write one with: plumbline init --repo '\.\.\/\.\.\/a b'\n/);
  const { stdout } = await runPlumbline(join(made.directory, 'a b/c'), ['init', ...there]);
  assert.match(stdout, /then: plumbline config check --repo '\.\.\/\.\.\/a b'\n.*: plumbline check --repo '\.\.\/\.\.\/a b'\n/);
  for (const words of [['config', 'check'], ['config', 'show']]) assert.equal((await runPlumbline(join(made.directory, 'a b/c'), [...words, ...there])).code, 0);
});

test('config check and doctor outside of a repository say where they looked', async (t) => {
  const nowhere = mkdtempSync(join(tmpdir(), 'plumbline-nowhere-'));
  t.after(() => rmSync(nowhere, { recursive: true, force: true }));
  assert.ok((await runPlumbline(nowhere, ['config', 'check'])).stderr.includes(realpathSync(nowhere)));
  assert.ok((await runPlumbline(nowhere, ['doctor'])).stdout.includes(`there is no .github/plumbline.yml in ${realpathSync(nowhere)}`));
});

test('init refuses to overwrite a configuration and leaves it as it is', async (t) => {
  const made = aRepository(t);
  made.write({ '.github/plumbline.yml': 'mine' });
  const { code, stderr } = await runPlumbline(made.directory, ['init']);
  assert.equal(code, 64);
  assert.match(stderr, /exists already/);
  assert.equal(readFileSync(join(made.directory, '.github/plumbline.yml'), 'utf8'), 'mine');
});

test('attack: init does not write through a link, neither of the file nor of its folder', async (t) => {
  const [made, outside] = [aRepository(t), aRepository(t)];
  symlinkSync(outside.directory, join(made.directory, '.github'));
  assert.equal((await runPlumbline(made.directory, ['init'])).code, 64);
  rmSync(join(made.directory, '.github'));
  mkdirSync(join(made.directory, '.github'));
  symlinkSync(join(outside.directory, 'target.yml'), join(made.directory, '.github/plumbline.yml'));
  assert.equal((await runPlumbline(made.directory, ['init'])).code, 64);
  assert.deepEqual([existsSync(join(outside.directory, 'target.yml')), existsSync(join(outside.directory, 'plumbline.yml'))], [false, false]);
});

test('contract hash prints the hash alone, the same for JSON and YAML, whatever state and signature say', async (t) => {
  const made = aRepository(t);
  made.write({ 'a.yaml': contractText(), 'b.json': JSON.stringify({ spec: { promise: 'one' }, lifecycle: 'retired', previousContractRef: null, contractVersion: '1.0.0', signature: 'x', contractId: 'checkout', emergencyFlags: { halted: true } }) });
  const [yaml, json] = await Promise.all(['a.yaml', 'b.json'].map(async (file) => await runPlumbline(made.directory, ['contract', 'hash', file])));
  assert.match(yaml?.stdout ?? '', /^sha256:[0-9a-f]{64}\n$/);
  assert.deepEqual([yaml?.code, json], [0, yaml]);
});

test('contract hash leaves out the fields that the configuration maps to state', async (t) => {
  const made = aRepository(t);
  made.write({ '.github/plumbline.yml': 'version: 1\ncontracts:\n  - {name: api, paths: ["apis/*.yaml"], fields: {contractId: /info/id, contractVersion: /info/version, lifecycle: /info/state}}\n', 'apis/a.yaml': 'info: {id: a, version: 1.0.0, state: draft}\n', 'apis/b.yaml': 'info: {id: a, version: 1.0.0, state: active}\n' });
  const [draft, active] = await Promise.all(['apis/a.yaml', 'apis/b.yaml'].map(async (file) => await runPlumbline(made.directory, ['contract', 'hash', file])));
  assert.equal(draft?.stdout, active?.stdout);
});

test('contract hash gives the same from a subdirectory', async (t) => {
  const made = aRepository(t);
  made.write({ '.github/plumbline.yml': 'version: 1\ncontracts:\n  - {name: api, paths: ["apis/*.yaml"], fields: {contractId: /info/id, contractVersion: /info/version, lifecycle: /info/state}}\n', 'apis/a.yaml': 'info: {id: a, version: 1.0.0, state: draft}\n' });
  const fromTop = await runPlumbline(made.directory, ['contract', 'hash', 'apis/a.yaml']);
  assert.deepEqual(await runPlumbline(join(made.directory, 'apis'), ['contract', 'hash', 'a.yaml']), fromTop);
});

test('contract hash of what is no document exits 1 with line and column, and of no file 64', async (t) => {
  const made = aRepository(t);
  made.write({ 'broken.json': '{"a": 1, "a": 2}' });
  const broken = await runPlumbline(made.directory, ['contract', 'hash', 'broken.json']);
  assert.deepEqual([broken.code, broken.stdout, broken.stderr.startsWith('broken.json:1:10')], [1, '', true]);
  assert.equal((await runPlumbline(made.directory, ['contract', 'hash', 'nowhere.yaml'])).code, 64);
});

test('config check exits 0 for a valid file, 1 with line and column for a wrong one, 64 for none', async (t) => {
  const made = aRepository(t);
  assert.equal((await runPlumbline(made.directory, ['config', 'check'])).code, 64);
  made.write({ '.github/plumbline.yml': configuration, 'wrong.yml': 'version: 1\ncontract: []\n' });
  assert.equal((await runPlumbline(made.directory, ['config', 'check'])).code, 0);
  const wrong = await runPlumbline(made.directory, ['config', 'check', 'wrong.yml']);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stdout, /config\/invalid {2}wrong\.yml:2:1/);
  assert.match(wrong.stdout, /contracts/, 'it suggests the key that was meant');
});

test('config check --organization refuses what loosens the organisation', async (t) => {
  const made = aRepository(t);
  made.write({ 'plumbline.yml': 'version: 1\nhallucination: {minConfidence: 0.9}\n', '.github/plumbline.yml': 'version: 1\nhallucination: {minConfidence: 0.5}\n' });
  const { code, stdout } = await runPlumbline(made.directory, ['config', 'check', '--organization', '.', '--format', 'json']);
  assert.deepEqual([code, JSON.parse(stdout).valid, JSON.parse(stdout).findings[0].code], [1, false, 'config/ratchet']);
});

test('config show prints the file, and with --effective every key and who set it', async (t) => {
  const made = aContractRepository(t, { 'org/plumbline.yml': 'version: 1\nhallucination: {minConfidence: 0.9}\n' });
  assert.equal((await runPlumbline(made.directory, ['config', 'show'])).stdout, configuration);
  const { stdout } = await runPlumbline(made.directory, ['config', 'show', '--effective', '--organization', 'org', '--format', 'json']);
  const keys: { key: string; setBy: string }[] = JSON.parse(stdout);
  const setBy = (key: string): string | undefined => keys.find((one) => one.key === key)?.setBy;
  assert.deepEqual([setBy('hallucination.minConfidence'), setBy('contracts.workspace.schema'), setBy('contracts.workspace.layout')], ['organisation', 'repository', 'default']);
  const table = await runPlumbline(made.directory, ['config', 'show', '--effective']);
  assert.match(table.stdout, /contracts\.workspace\.schema +"builtin:workspace-contract\/v2" {2}repository/);
});

test('config show of an invalid configuration exits 1', async (t) => {
  const made = aRepository(t);
  made.write({ '.github/plumbline.yml': 'version: 2\n' });
  assert.equal((await runPlumbline(made.directory, ['config', 'show', '--effective'])).code, 1);
});

for (const words of [['config', 'detach', 'octo/hello'], ['config', 'detach', '../evil', '--by', 'me'], ['config', 'detach', 'octo/hello', '--by', 'a b'], ['config', 'detach', 'octo/hello', '--by', 'me']]) {
  test(`plumbline ${words.join(' ')} without a person or without settings exits 64 and asks nobody`, async (t) => {
    assert.equal((await runPlumbline(aRepository(t).directory, words)).code, 64);
  });
}

test('audit verify of a file that is none of ours exits 3, of no file 3, without a source 64', async (t) => {
  const made = aRepository(t);
  writeFileSync(join(made.directory, 'junk.ndjson'), 'junk\n');
  const codes = await Promise.all([['junk.ndjson'], ['nowhere.ndjson'], []].map(async (words) => (await runPlumbline(made.directory, ['audit', 'verify', ...words])).code));
  assert.deepEqual(codes, [3, 3, 64]);
});

for (const words of [['audit', 'verify', 'store'], ['audit', 'export', 'x.ndjson'], ['audit', 'tail']]) {
  test(`plumbline ${words.join(' ')} where there is no store exits 64 and makes none`, async (t) => {
    const made = aRepository(t);
    const { code, stderr } = await runPlumbline(made.directory, words);
    assert.equal(code, 64);
    assert.match(stderr, /DATABASE_URL/);
    assert.deepEqual([existsSync(join(made.directory, 'data')), existsSync(join(made.directory, 'x.ndjson'))], [false, false]);
  });
}

test('audit tail refuses a database of another kind without showing its password', async (t) => {
  const { code, stderr } = await runPlumbline(aRepository(t).directory, ['audit', 'tail'], { environment: { DATABASE_URL: 'mysql://me:canary@host/db' } });
  assert.equal(code, 64);
  assert.equal(stderr.includes('canary'), false);
});

test('serve without settings exits 64 and names every one that is missing', async (t) => {
  const { code, stderr } = await spawnPlumbline(aRepository(t).directory, ['serve']);
  assert.equal(code, 64);
  assert.match(stderr, /APP_ID[\s\S]*PRIVATE_KEY[\s\S]*WEBHOOK_SECRET/);
});

test('config check below an organisation lists the entries of the whitelist that reach less far there', async (t) => {
  const made = aRepository(t);
  const [repository, organization] = ['.github/plumbline.yml', 'plumbline.yml'].map((name) => join(made.directory, name));
  mkdirSync(join(made.directory, '.github'));
  const entry = (action: string, maxTier: number | null) => `    - {action: "${action}", actors: ["user:mona"], until: 2027-03-31, owner: "team:platform", reason: "owns it"${maxTier === null ? '' : `, maxTier: ${maxTier}`}}\n`;
  writeFileSync(repository ?? '', `version: 1\ngovernance:\n  whitelist:\n${entry('infra.*', null)}${entry('docs.*', 2)}${entry('net.change', 3)}`);
  const check = async (text: string, ...words: readonly string[]) => {
    writeFileSync(organization ?? '', text);
    return await runPlumbline(made.directory, ['config', 'check', '--organization', '.', ...words]);
  };
  const { code, stdout } = await check('version: 1\n');
  assert.deepEqual([code, stdout], [0, '.github/plumbline.yml is valid and loosens nothing of the organisation.\nOf its whitelist, infra.*, net.change reach only tier 2 (`governance.repositoryMaxTier` of the organisation): what is of a higher tier needs an entry there.\n']);
  assert.deepEqual(JSON.parse((await check('version: 1\n', '--format', 'json')).stdout).shortened, [{ action: 'infra.*', maxTier: 2 }, { action: 'net.change', maxTier: 2 }]);
  assert.equal((await check('version: 1\ngovernance: {repositoryMaxTier: 3}\n')).stdout, '.github/plumbline.yml is valid and loosens nothing of the organisation.\n');
});
