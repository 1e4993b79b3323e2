import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import { contractText } from '../contract-repository.ts';
import { runPlumbline } from '../run-plumbline.ts';

const none = 'sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945';
const configuration = 'version: 1\ngovernance: {policies: ["policies/**/*.rego"]}\ncontracts:\n  - {name: workspace, paths: ["contracts/**/*.yaml"]}\n';
const files = { '.github/plumbline.yml': configuration, 'policies/b.rego': 'package b\n', 'policies/deep/a.rego': 'package a\n', 'policies/notes.md': 'no policy\n' };
const sha = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const digest = sha(`[["policies/b.rego","${sha('package b\n')}"],["policies/deep/a.rego","${sha('package a\n')}"]]`);

test('policy digest prints the checksum of the policies that the configuration at the commit names, from any folder', async (context) => {
  const made = aRepository(context);
  made.commit(files);
  mkdirSync(join(made.directory, 'docs'));
  for (const [folder, words] of [['.', []], ['docs', ['--ref', 'main']]] as const) {
    assert.deepEqual(await runPlumbline(join(made.directory, folder), ['policy', 'digest', ...words]), { code: 0, stdout: `${digest}\n`, stderr: '' });
  }
});

test('policy digest reads the commit, not the working tree and not the branch that is checked out', async (context) => {
  const made = aRepository(context);
  const base = made.commit(files);
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'policies/b.rego': 'package other\n', '.github/plumbline.yml': configuration.replace('policies/**', 'nothing/**') });
  made.write({ 'policies/c.rego': 'package c\n' });
  const { code, stdout } = await runPlumbline(made.directory, ['policy', 'digest', '--ref', base, '--format', 'json']);
  assert.deepEqual([code, JSON.parse(stdout)], [0, { digest, commit: base, policies: [{ path: 'policies/b.rego', digest: sha('package b\n') }, { path: 'policies/deep/a.rego', digest: sha('package a\n') }] }]);
});

test('policy digest of a repository without policies, or without a configuration, is the digest of the empty list', async (context) => {
  const made = aRepository(context);
  made.commit({ 'README.md': 'x' });
  assert.equal((await runPlumbline(made.directory, ['policy', 'digest'])).stdout, `${none}\n`);
  made.commit({ '.github/plumbline.yml': 'version: 1\n' });
  assert.equal((await runPlumbline(made.directory, ['policy', 'digest'])).stdout, `${none}\n`);
});

test('policy digest leaves links out, since nothing is read through them', async (context) => {
  const made = aRepository(context);
  made.write(files);
  symlinkSync('/etc/passwd', join(made.directory, 'policies', 'link.rego'));
  made.commit({});
  assert.equal((await runPlumbline(made.directory, ['policy', 'digest'])).stdout, `${digest}\n`);
});

test('policy digest refuses a name that is no commit, a policy over the size limit, and a configuration that was never valid', async (context) => {
  const made = aRepository(context);
  made.commit(files);
  assert.equal((await runPlumbline(made.directory, ['policy', 'digest', '--ref', 'nowhere'])).code, 64);
  made.commit({ 'policies/big.rego': '#'.repeat(1024 * 1024 + 1) });
  const big = await runPlumbline(made.directory, ['policy', 'digest']);
  assert.deepEqual([big.code, big.stdout, big.stderr.includes('policies/big.rego')], [3, '', true]);
  const broken = aRepository(context);
  broken.commit({ '.github/plumbline.yml': 'version: 2\n' });
  assert.equal((await runPlumbline(broken.directory, ['policy', 'digest'])).code, 64);
});

test('a contract that states what policy digest prints for the base passes the check, even beside a change of policy, and one that states the change\'s own does not', async (context) => {
  const made = aRepository(context);
  made.commit(files);
  made.git('checkout', '-q', '-b', 'topic');
  const stated = (await runPlumbline(made.directory, ['policy', 'digest', '--ref', 'main'])).stdout.trim();
  const released = `${contractText()}policyBundleChecksum: ${stated}\n`;
  made.commit({ 'contracts/checkout.yaml': released, 'policies/b.rego': 'package changed\n' });
  assert.equal((await runPlumbline(made.directory, ['check', '--base', 'main', '--gate', 'contracts'])).code, 0);
  const own = (await runPlumbline(made.directory, ['policy', 'digest', '--ref', 'topic'])).stdout.trim();
  made.commit({ 'contracts/checkout.yaml': released.replace(stated, own) });
  const { code, stdout } = await runPlumbline(made.directory, ['check', '--base', 'main', '--gate', 'contracts']);
  assert.deepEqual([code, stdout.includes('contract/policy_checksum_mismatch')], [1, true]);
});
