import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestRepository } from '../../builders/a-repository.ts';
import { pemOf, privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { aContractRepository, configuration, contractText } from '../contract-repository.ts';
import { runPlumbline } from '../run-plumbline.ts';

const file = 'contracts/checkout.yaml';

function textOf(made: TestRepository, path = file): string {
  return readFileSync(join(made.directory, path), 'utf8');
}

async function author(made: TestRepository, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return await runPlumbline(made.directory, ['contract', ...words]);
}

async function hashOf(made: TestRepository, path = file): Promise<string> {
  return (await author(made, 'hash', path)).stdout.trim();
}

test('contract bump sets version and link, keeps comments and mode, and says what it did and why', async (t) => {
  const made = aContractRepository(t);
  const hash = await hashOf(made);
  made.write({ [file]: `# kept\n${contractText({ spec: '{promise: two} # why' })}` });
  chmodSync(join(made.directory, file), 0o640);
  const result = await author(made, 'bump', file);
  assert.deepEqual([result.code, result.stderr], [0, '']);
  assert.equal(textOf(made), `# kept\n${contractText({ version: '1.1.0', previous: hash, spec: '{promise: two} # why' })}`);
  assert.match(result.stdout, /^contracts\/checkout\.yaml: checkout 1\.0\.0 → 1\.1\.0 \(the change is additive: at least a minor version\)\n {2}~ additive {2}\/spec\/promise {2}"one" → "two"\n/);
  assert.equal(statSync(join(made.directory, file)).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(join(made.directory, 'contracts')), ['checkout.yaml']);
});

test('contract bump works in a folder below, on a name with spaces and quotes', async (t) => {
  const name = "contracts/it's two.yaml";
  const made = aContractRepository(t, { [name]: contractText({ id: 'two' }) });
  made.write({ [name]: contractText({ id: 'two', spec: '{promise: more}' }) });
  const result = await runPlumbline(join(made.directory, 'contracts'), ['contract', 'bump', "it's two.yaml"]);
  assert.equal(result.code, 0);
  assert.match(textOf(made, name), /contractVersion: 1\.1\.0\n/);
});

test('contract bump changes nothing when nothing but the layout changed', async (t) => {
  const made = aContractRepository(t);
  made.write({ [file]: `# only a comment\n${contractText()}` });
  const result = await author(made, 'bump', file);
  assert.deepEqual([result.code, result.stdout, textOf(made)], [0, `${file}: nothing to bump: its content is that of checkout 1.0.0.\n`, `# only a comment\n${contractText()}`]);
});

test('contract bump gives a contract without a release no link', async (t) => {
  const made = aContractRepository(t);
  made.write({ 'contracts/new.yaml': contractText({ id: 'new', previous: `sha256:${'a'.repeat(64)}` }) });
  assert.equal((await author(made, 'bump', 'contracts/new.yaml')).code, 0);
  assert.equal(textOf(made, 'contracts/new.yaml'), contractText({ id: 'new' }));
});

test('contract bump writes nothing when it is only asked what it would do', async (t) => {
  const made = aContractRepository(t);
  const changed = contractText({ spec: '{promise: two}' });
  made.write({ [file]: changed });
  const result = await author(made, 'bump', file, '--dry-run');
  assert.match(result.stdout, /nothing was written/);
  assert.equal(textOf(made), changed);
});

test('contract bump refuses a level that says too little, and then bumps no other file', async (t) => {
  const made = aContractRepository(t, { 'contracts/b.yaml': contractText({ id: 'b' }) });
  const changed = { [file]: contractText({ spec: '{promise: two}' }), 'contracts/b.yaml': contractText({ id: 'b', spec: '7' }) };
  made.write(changed);
  const result = await author(made, 'bump', 'contracts/b.yaml', file, '--level', 'patch');
  assert.deepEqual([result.code, result.stdout], [1, '']);
  assert.match(result.stderr, /1\.0\.1 says too little of what changes: found a change since 1\.0\.0 that is additive, expected 1\.1\.0 or greater/);
  for (const [path, text] of Object.entries(changed)) assert.equal(textOf(made, path), text);
});

test('contract bump says where git alone can not tell what was released', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', 'main');
  made.commit({ [file]: contractText({ spec: '{promise: pushed}' }) });
  made.git('checkout', '-q', '-B', 'topic');
  made.write({ [file]: contractText({ spec: '{promise: two}' }) });
  const result = await author(made, 'bump', file);
  assert.equal(result.code, 0);
  assert.match(result.stderr, /^contracts\/checkout\.yaml may be refused: that can not be told here\. Which content of checkout 1\.0\.0 was released can not be told: it differs in contracts\/checkout\.yaml at [0-9a-f]{12}, /);
});

test('contract bump leaves a greater version that the author chose without a schema, and chooses for a breaking change where there is none', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: bare, paths: ["contracts/**"]}]\n' });
  for (const [written, version, why] of [['1.0.1', '1.0.1', /without a schema any greater version is enough/], ['1.0.0', '2.0.0', /without a schema any greater version is enough: a major one was taken, as if the change were breaking/]] as const) {
    made.write({ [file]: contractText({ version: written, spec: '{promise: two}' }) });
    assert.match((await author(made, 'bump', file)).stdout, why);
    assert.match(textOf(made), new RegExp(`contractVersion: ${version}\n`));
  }
});

test('contract bump refuses a file that is read-only, and then bumps no other file', { skip: process.platform === 'win32' }, async (t) => {
  const made = aContractRepository(t, { 'contracts/b.yaml': contractText({ id: 'b' }) });
  const changed = contractText({ spec: '{promise: two}' });
  made.write({ [file]: changed, 'contracts/b.yaml': contractText({ id: 'b', spec: '7' }) });
  chmodSync(join(made.directory, 'contracts/b.yaml'), 0o444);
  const result = await author(made, 'bump', file, 'contracts/b.yaml');
  assert.deepEqual([result.code, result.stdout, textOf(made)], [64, '', changed]);
});

test('contract bump refuses two successors of one release', async (t) => {
  const made = aContractRepository(t);
  const files = { 'contracts/a.yaml': contractText({ spec: '{promise: a}' }), 'contracts/b.yaml': contractText({ spec: '{promise: b}' }) };
  made.write(files);
  const result = await author(made, 'bump', ...Object.keys(files));
  assert.equal(result.code, 1);
  assert.match(result.stderr, /found 2 files of checkout, expected one/);
  assert.equal(textOf(made, 'contracts/a.yaml'), files['contracts/a.yaml']);
});

test('contract bump follows a version of the same change in versioned paths, and leaves a chain that holds as it is', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: w, paths: ["versions/**"], layout: versioned}]\n', 'versions/v1.yaml': contractText() });
  made.git('branch', '-f', 'main');
  made.write({ 'versions/v2.yaml': contractText({ spec: '{promise: two}' }) });
  assert.equal((await author(made, 'bump', 'versions/v2.yaml')).code, 0);
  made.write({ 'versions/v3.yaml': textOf(made, 'versions/v2.yaml').replace('promise: two', 'promise: three').replace('2.0.0', '3.0.0') });
  assert.equal((await author(made, 'bump', 'versions/v3.yaml')).code, 0);
  assert.match(textOf(made, 'versions/v3.yaml'), new RegExp(`contractVersion: 3.0.0\npreviousContractRef: ${await hashOf(made, 'versions/v2.yaml')}\n`));
  const [two, three] = [textOf(made, 'versions/v2.yaml'), textOf(made, 'versions/v3.yaml')];
  assert.equal((await author(made, 'bump', 'versions/v2.yaml', 'versions/v3.yaml')).code, 0);
  assert.deepEqual([textOf(made, 'versions/v2.yaml'), textOf(made, 'versions/v3.yaml')], [two, three]);
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
});

test('contract bump makes the next version of a retired one active, in a path of its own too, and a new contract that was copied with its end', async (t) => {
  const retired = contractText({ lifecycle: 'retired' });
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: w, paths: ["versions/**"], layout: versioned}]\n', 'versions/v1.yaml': retired });
  made.git('branch', '-f', 'main');
  made.write({ 'versions/v1.yaml': retired.replace('one', 'two'), 'versions/new.yaml': contractText({ id: 'new', lifecycle: 'deprecated' }) });
  assert.equal((await author(made, 'bump', 'versions/v1.yaml', 'versions/new.yaml')).code, 0);
  assert.deepEqual(['v1', 'v2', 'new'].map((name) => /lifecycle: (\w+)/.exec(textOf(made, `versions/${name}.yaml`))?.[1]), ['retired', 'active', 'active']);
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
});

test('contract bump leaves a released path alone as soon as any set that matches it is versioned', async (t) => {
  const sets = ['{name: w, paths: ["versions/**"]}', '{name: strict, paths: ["versions/**"], layout: versioned}'];
  for (const contracts of [sets, sets.toReversed()]) {
    const made = aContractRepository(t, { '.github/plumbline.yml': `version: 1\ncontracts: [${contracts.join(', ')}]\n`, 'versions/v1.yaml': contractText() });
    made.git('branch', '-f', 'main');
    made.write({ 'versions/v1.yaml': contractText({ spec: '{promise: two}' }) });
    assert.equal((await author(made, 'bump', 'versions/v1.yaml')).code, 0);
    assert.deepEqual([textOf(made, 'versions/v1.yaml'), /promise: two/.test(textOf(made, 'versions/v2.yaml'))], [contractText(), true]);
  }
});

test('contract bump of a file that was moved away from a released path says what brings the path back, whether its content changed or not', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: w, paths: ["versions/**"], layout: versioned}]\n', 'versions/v1.yaml': contractText() });
  made.git('branch', '-f', 'main');
  const base = made.git('rev-parse', 'main').trim();
  made.git('mv', 'versions/v1.yaml', 'versions/moved.yaml');
  const bump = async () => await runPlumbline(join(made.directory, 'versions'), ['contract', 'bump', 'moved.yaml']);
  const moved = await bump();
  assert.equal(moved.code, 0);
  assert.match(moved.stderr, new RegExp(`^moved\\.yaml can not be merged as it is\\. checkout 1\\.0\\.0 is active, and this change moves it: .* Run \`git checkout ${base} -- v1\\.yaml && git rm -f -- moved\\.yaml\` and commit the result\\.`));
  made.write({ 'versions/moved.yaml': contractText({ spec: '{promise: two}' }) });
  const edited = await bump();
  assert.equal(edited.code, 0);
  assert.match(edited.stderr, new RegExp(`^moved\\.yaml can not be merged as it is\\. checkout 1\\.0\\.0 is active, and this change removes it\\. Run \`git checkout ${base} -- v1\\.yaml\` and commit the result\\.`));
  made.git('checkout', '-q', base, '--', 'versions/v1.yaml');
  assert.equal((await bump()).stderr, '');
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
});

test('contract bump says nothing of a file that was moved where the layout allows it', async (t) => {
  const made = aContractRepository(t);
  made.git('mv', file, 'contracts/moved.yaml');
  assert.deepEqual((await author(made, 'bump', 'contracts/moved.yaml')).stderr, '');
});

test('contract bump refuses a halted contract', async (t) => {
  const made = aContractRepository(t);
  made.write({ [file]: `${contractText({ spec: '{promise: two}' })}emergencyFlags: {halted: true}\n` });
  const result = await author(made, 'bump', file);
  assert.equal(result.code, 1);
  assert.match(result.stderr, /is halted/);
});

test('contract bump and release refuse a contract that is halted at the base, also where the working copy clears the flag', async (t) => {
  const flags = 'emergencyFlags: {halted: true}\n';
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: w, paths: ["versions/**"], layout: versioned}, {name: c, paths: ["contracts/**"]}]\n', [file]: `${contractText()}${flags}`, 'versions/v1.yaml': `${contractText({ id: 'other' })}${flags}` });
  made.git('branch', '-f', 'main');
  const written = { [file]: contractText({ spec: '{promise: two}', lifecycle: 'draft' }), 'versions/v2.yaml': contractText({ id: 'other', spec: '{promise: two}' }) };
  made.write(written);
  for (const [words, id, path] of [[['bump', file], 'checkout', file], [['release', file], 'checkout', file], [['bump', 'versions/v2.yaml'], 'other', 'versions/v1.yaml']] as const) {
    const { code, stderr } = await author(made, ...words);
    assert.equal(code, 1);
    assert.equal(stderr, `${words[1]}: ${id} is halted at the base, in ${path}, and until that ends only its flags may change. Merge a change that clears emergencyFlags.halted there and does nothing else first.\nNothing was changed.\n`);
    assert.equal(textOf(made, words[1]), written[words[1]]);
  }
});

test('contract bump refuses what is no contract, with line and column', async (t) => {
  const made = aContractRepository(t);
  made.write({ [file]: 'contractId: a\ncontractId: b\n', 'contracts/b.yaml': contractText({ id: 'b', version: 'two' }) });
  const result = await author(made, 'bump', file, 'contracts/b.yaml');
  assert.equal(result.code, 1);
  assert.match(result.stderr, /^contracts\/checkout\.yaml:2:1 .*\ncontracts\/b\.yaml:2:1 {2}found contractVersion "two"/);
});

test('contract bump refuses a symbolic link, a file outside of the repository, and one that nothing governs', async (t) => {
  const made = aContractRepository(t, { 'other/a.yaml': contractText() });
  symlinkSync('checkout.yaml', join(made.directory, 'contracts', 'link.yaml'));
  mkdirSync(join(made.directory, '..', 'outside-of-it'), { recursive: true });
  for (const [name, why] of [['contracts/link.yaml', /is a symbolic link/], ['../outside.yaml', /not a file of the repository/], ['other/a.yaml', /no contract set/], ['.git/config', /not a file of the repository/], ['contracts/none.yaml', /no such file/]] as const) {
    const result = await author(made, 'bump', name);
    assert.equal(result.code, 64, name);
    assert.match(result.stderr, why);
  }
});

test('contract sign does not write through a symbolic link', async (t) => {
  const made = aContractRepository(t);
  symlinkSync('checkout.yaml', join(made.directory, 'contracts', 'link.yaml'));
  made.write({ 'key.pem': pemOf(privateKeyOf('ES256')) });
  const result = await author(made, 'sign', 'contracts/link.yaml', '--key', 'key.pem', '--kid', 'local:test-key');
  assert.deepEqual([result.code, textOf(made)], [64, contractText()]);
});

test('contract bump does not write through a folder that is a link out of the repository', async (t) => {
  const made = aContractRepository(t);
  const other = aContractRepository(t);
  symlinkSync(join(other.directory, 'contracts'), join(made.directory, 'contracts', 'far'));
  assert.equal((await author(made, 'bump', 'contracts/far/checkout.yaml')).code, 64);
  assert.equal(textOf(other), contractText());
});

test('contract bump shows a hostile pointer instead of performing it', async (t) => {
  const made = aContractRepository(t);
  made.write({ [file]: `${contractText()}"\\e[31mred": 1\n` });
  assert.doesNotMatch((await author(made, 'bump', file)).stdout, /\u001b/);
});

test('contract bump refuses a missing key before it writes anything', async (t) => {
  const made = aContractRepository(t);
  const changed = contractText({ spec: '{promise: two}' });
  made.write({ [file]: changed });
  assert.equal((await author(made, 'bump', file, '--sign', 'none.pem')).code, 64);
  assert.equal(textOf(made), changed);
});

test('contract sign and bump warn once about a private key that others can read, and sign all the same', { skip: process.platform === 'win32' }, async (t) => {
  const merged = { '.github/plumbline.yml': `${configuration}keys: [keys.json]\n`, 'keys.json': JSON.stringify({ keys: [publicJwk(privateKeyOf('ES256'))] }) };
  const made = aContractRepository(t, { ...merged, 'contracts/other.yaml': contractText({ id: 'other' }) });
  made.write({ 'key.pem': pemOf(privateKeyOf('ES256')), [file]: contractText({ spec: '{promise: two}' }), 'contracts/other.yaml': contractText({ id: 'other', spec: '{promise: two}' }) });
  chmodSync(join(made.directory, 'key.pem'), 0o640);
  const warning = 'Warning: the private key "key.pem" has mode 0640, expected 0600: others than its owner can reach it. Next: chmod 600 key.pem\n';
  const named = { [file]: `${textOf(made)}kmsKeyRef: local:test-key\n`, 'contracts/other.yaml': `${textOf(made, 'contracts/other.yaml')}kmsKeyRef: local:test-key\n` };
  made.write(named);
  const bumped = await author(made, 'bump', file, 'contracts/other.yaml', '--sign', 'key.pem');
  assert.deepEqual([bumped.code, bumped.stderr], [0, warning]);
  const signed = await author(made, 'sign', file, '--key', 'key.pem');
  assert.deepEqual([signed.code, signed.stderr], [0, warning]);
  chmodSync(join(made.directory, 'key.pem'), 0o400);
  assert.equal((await author(made, 'sign', file, '--key', 'key.pem')).stderr, '');
});

test('contract bump says once what became of a signature: another one, or none', async (t) => {
  const made = aContractRepository(t, { [file]: `${contractText()}kmsKeyRef: local:test-key\nsignature: old\n` });
  made.write({ 'key.pem': pemOf(privateKeyOf('ES256')) });
  chmodSync(join(made.directory, 'key.pem'), 0o600);
  for (const [words, said] of [[['--sign', 'key.pem'], /^set to /], [[], /^removed: it signed other content$/]] as const) {
    made.write({ [file]: `${contractText({ spec: '{promise: two}' })}kmsKeyRef: local:test-key\nsignature: old\n` });
    const { code, stdout } = await author(made, 'bump', file, ...words);
    const [only = '', ...others] = [...stdout.matchAll(/^ {2}signature (.*)$/gm)].map(([, what]) => what);
    assert.deepEqual([code, others], [0, []]);
    assert.match(only, said);
  }
});

test('contract bump says the next command when a signature is missing, as it is typed where one stands', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: w, paths: ["contracts/**"], signatures: required}]\n' });
  made.git('branch', '-f', 'main');
  made.write({ [file]: contractText({ spec: '{promise: two}' }) });
  const result = await runPlumbline(join(made.directory, 'contracts'), ['contract', 'bump', '--repo', '..', file]);
  assert.deepEqual([result.code, result.stderr], [0, `${file} needs a signature before it can be merged. It names no key, and none is known. Run \`plumbline contract key local:contracts --repo .. --private <private key file>\`, merge the key file, then run \`plumbline contract sign ${file} --repo .. --key <private key file> --kid local:contracts\`.\n`]);
});

test('contract bump never says that the base has no key where a key file can not be read', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: w, paths: ["contracts/**"], signatures: required}]\nkeys: [k.json]\n', 'k.json': '{' });
  made.git('branch', '-f', 'main');
  made.write({ [file]: contractText({ spec: '{promise: two}' }) });
  assert.match((await author(made, 'bump', file)).stderr, /It names no key\. Not all keys are known \(k\.json: .*\)\. Set kmsKeyRef to the key that signs it, then run `/);
});

test('contract init writes a draft that the gate lets pass, and release makes it active', async (t) => {
  const made = aContractRepository(t);
  assert.equal((await author(made, 'init', 'contracts/new api/orders.yaml', '--id', 'orders')).code, 0);
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
  made.git('branch', '-f', 'main');
  const hash = await hashOf(made, 'contracts/new api/orders.yaml');
  assert.equal((await author(made, 'release', 'contracts/new api/orders.yaml')).code, 0);
  assert.equal(await hashOf(made, 'contracts/new api/orders.yaml'), hash);
  assert.match(textOf(made, 'contracts/new api/orders.yaml'), /^lifecycle: active$/m);
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
});

test('contract init refuses a file that exists, an id that was released, an id that is none, and a place that nothing governs', async (t) => {
  const made = aContractRepository(t);
  for (const words of [[file], ['contracts/a.yaml', '--id', 'checkout'], ['contracts/a.yaml', '--id', ' '], ['a.yaml'], ['contracts/a.yaml', '--schema', 'none.json']]) {
    assert.equal((await author(made, 'init', ...words)).code, 64, words.join(' '));
  }
  assert.equal(existsSync(join(made.directory, 'contracts/a.yaml')), false);
});

test('contract release gives a draft of a next version the link and the version that it lacks', async (t) => {
  const made = aContractRepository(t);
  const hash = await hashOf(made);
  made.commit({ 'contracts/next.yaml': contractText({ lifecycle: 'draft', spec: '{promise: two}' }) });
  const beside = await runPlumbline(join(made.directory, 'contracts'), ['contract', 'release', '--repo', '../.github', '--base', 'main', '../contracts/next.yaml']);
  assert.equal(beside.code, 1);
  assert.match(beside.stderr, /checkout 1\.0\.0 stands in \.\.\/contracts\/checkout\.yaml, and in place the next version takes its place\. Run `git -C \.\.\/\.github mv -f -- \.\.\/contracts\/next\.yaml \.\.\/contracts\/checkout\.yaml && plumbline contract release \.\.\/contracts\/checkout\.yaml --repo \.\.\/\.github --base main`\.\n/);
  made.git('mv', '-f', '--', 'contracts/next.yaml', file);
  assert.equal((await author(made, 'release', file)).code, 0);
  assert.equal(textOf(made), contractText({ version: '1.1.0', previous: hash, spec: '{promise: two}' }));
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
});

test('contract release refuses what is no draft', async (t) => {
  const made = aContractRepository(t);
  made.write({ [file]: contractText({ spec: '{promise: two}' }) });
  const result = await author(made, 'release', file);
  assert.equal(result.code, 1);
  assert.match(result.stderr, /checkout 1\.0\.0 is active, expected a draft\. Allowed is: deprecated\.\nNothing was changed\.\n$/);
});

test('contract deprecate and retire change the state and nothing else', async (t) => {
  const made = aContractRepository(t);
  for (const [command, lifecycle] of [['deprecate', 'deprecated'], ['retire', 'retired']] as const) {
    assert.equal((await author(made, command, file)).code, 0);
    assert.equal(textOf(made), contractText({ lifecycle }));
  }
});

test('contract retire refuses an active contract and names what is allowed', async (t) => {
  const made = aContractRepository(t);
  const result = await author(made, 'retire', file);
  assert.deepEqual([result.code, result.stderr], [1, `${file}: checkout 1.0.0 is active and can not become retired. Allowed is: deprecated.\nNothing was changed.\n`]);
});

test('contract deprecate refuses a version that is not released yet', async (t) => {
  const made = aContractRepository(t);
  made.write({ [file]: contractText({ version: '3.0.0' }) });
  assert.equal((await author(made, 'deprecate', file)).code, 1);
});

test('contract hash prints several files with their names, or as JSON, and says no to one that can not be read', async (t) => {
  const made = aContractRepository(t, { 'contracts/b.yaml': contractText({ id: 'b' }), 'contracts/bad.yaml': 'a: 1\na: 2\n' });
  const [one, two] = [await hashOf(made), await hashOf(made, 'contracts/b.yaml')];
  assert.equal((await author(made, 'hash', file, 'contracts/b.yaml')).stdout, `${one}  ${file}\n${two}  contracts/b.yaml\n`);
  const json = await author(made, 'hash', file, 'contracts/bad.yaml', '--format', 'json');
  assert.deepEqual([json.code, JSON.parse(json.stdout)], [1, [{ file, hash: one }]]);
});

test('contract bump, deprecate and log refuse a repository in which nothing is governed', async (t) => {
  const made = aContractRepository(t);
  made.git('rm', '-q', '.github/plumbline.yml');
  made.git('commit', '-q', '--amend', '-m', 'none');
  made.git('branch', '-f', 'main');
  writeFileSync(join(made.directory, 'x.yaml'), contractText());
  for (const command of ['bump', 'deprecate', 'log']) assert.equal((await author(made, command, file)).code, 64, command);
});
