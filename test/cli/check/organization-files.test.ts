import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { limits } from '../../../src/domain/limits.ts';
import type { ConfigurationState } from '../../../src/domain/snapshot.ts';
import { withOrganizationFiles } from '../../../src/cli/check/organization-files.ts';
import { aRepository } from '../../builders/a-repository.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { runPlumbline } from '../run-plumbline.ts';

const organization = 'version: 1\ngovernance: {policies: ["policies/**/*.rego"]}\n';
const rule = 'package plumbline.rules.docs.frozen\n\nimport rego.v1\n\nfrozen(action) if startswith(action.name, "docs.change")\n\nresult contains {"subject": action.name, "outcome": "fail", "message": "docs are frozen"} if {\n\tsome action in input.actions\n\tfrozen(action)\n}\n\nresult contains {"subject": action.name, "outcome": "pass"} if {\n\tsome action in input.actions\n\tnot frozen(action)\n}\n';
const state: ConfigurationState = { kind: 'effective', effective: aConfiguration(), organization: null, repository: null, organizationText: organization, organizationFiles: null, findings: [], requiredByBranch: null, repairs: [] };

function aFolder(context: TestContext, files: Readonly<Record<string, string>>): string {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  for (const [name, text] of Object.entries({ 'plumbline.yml': organization, ...files })) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

async function read(folder: string | null) {
  const { state: found, skipped } = await withOrganizationFiles(state, folder);
  return { policies: found.organizationFiles, why: skipped?.why };
}

test('check --organization with a folder asks the Rego that the configuration there names, and without one leaves it to the App', async (t) => {
  const made = aRepository(t);
  made.commit({ '.github/plumbline.yml': 'version: 1\n', 'docs/a.md': 'a' });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'docs/a.md': 'b' });
  const folder = aFolder(t, { 'policies/docs/frozen/frozen.rego': rule, 'other/broken.rego': 'not Rego' });
  const check = async (...words: readonly string[]) => await runPlumbline(made.directory, ['check', '--base', 'main', ...words]);
  const asked = await check('--organization', folder);
  assert.equal(asked.code, 1, asked.stderr);
  assert.match(asked.stdout, /policy\/denied[^]*The rule docs\/frozen of the organisation's policies denies that: "docs are frozen"/);
  assert.doesNotMatch(asked.stdout, /the App will also ask:.*the organisation's policies/);
  const alone = join(folder, 'plumbline.yml');
  const [named, strict, record] = [await check('--organization', alone), await check('--organization', alone, '--strict'), await check('--organization', alone, '--format', 'json')];
  assert.deepEqual([named.code, strict.code], [0, 3]);
  assert.match(named.stdout, /the App will also ask:.*the organisation's policies/);
  assert.match(record.stdout, /"rule": ?"the organisation's policies"/);
});

test('check --organization with a folder counts the waivers that the configuration there names, and without one leaves them to the App', async (t) => {
  const made = aRepository(t);
  const contract = (flags: string) => `contractId: a\ncontractVersion: 1.0.0\npreviousContractRef: null\nlifecycle: active\nemergencyFlags: ${flags}\n`;
  made.commit({ '.github/plumbline.yml': 'version: 1\ncontracts: [{name: all, paths: ["contracts/**"], signatures: optional}]\n', 'contracts/a.yaml': contract('{}') });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'contracts/a.yaml': contract('{budgetOverride: {until: never}}') });
  const configured = 'version: 1\nrules: {contract/schema_invalid: enforce}\nwaivers: ["waivers/*.json"]\n';
  const empty = aFolder(t, { 'plumbline.yml': configured });
  const check = async (...words: readonly string[]) => await runPlumbline(made.directory, ['check', '--base', 'main', '--now', '2026-11-20T12:00:00Z', '--format', 'json', ...words]);
  const findings = (stdout: string): readonly Readonly<Record<string, unknown>>[] => JSON.parse(stdout).verdicts.flatMap((verdict: { readonly findings: readonly object[] }) => verdict.findings);
  const denied = await check('--organization', empty);
  const found = findings(denied.stdout).find(({ code }) => code === 'contract/schema_invalid');
  const waiver = { code: 'contract/schema_invalid', fingerprint: found?.['fingerprint'], path: 'contracts/a.yaml', owner: 'team:platform', reason: 'mended in May', grantedBy: 'olga', until: '2026-12-20' };
  const folder = aFolder(t, { 'plumbline.yml': configured, 'waivers/a.json': JSON.stringify({ version: 1, waivers: [waiver] }) });
  const waived = await check('--organization', folder);
  assert.deepEqual([denied.code, waived.code, JSON.parse(waived.stdout).validUntil], [1, 0, '2026-12-20T00:00:00.000Z'], waived.stdout);
  assert.match((await check('--organization', join(folder, 'plumbline.yml'))).stderr, /the App will also ask:.*the organisation's waivers/);
});

test('policies of the organisation are the files that its globs match, named as git names them', async (t) => {
  const folder = aFolder(t, { 'policies/a.rego': 'package a\n', 'policies/a/b.rego': 'package b\n', 'policies/data.json': '{}', '.git/policies/c.rego': 'package c\n', 'docs/d.rego': 'package d\n' });
  const { state: found, source } = await withOrganizationFiles(state, folder);
  const files = found.organizationFiles?.kind === 'files' ? found.organizationFiles.files : [];
  const [first] = files;
  assert.deepEqual(files.map(({ path, size }) => [path, size]), [['policies/a.rego', 10], ['policies/a/b.rego', 10]]);
  assert.equal(first?.blob, createHash('sha1').update('blob 10\0package a\n').digest('hex'));
  const content = (await source.blobs([{ blob: first?.blob ?? '', size: null }])).get(first?.blob ?? '');
  assert.deepEqual(content?.kind === 'bytes' && Buffer.from(content.bytes).toString(), 'package a\n');
});

test('a configuration that names no policies asks none and leaves none to the App', async () => {
  assert.equal((await withOrganizationFiles({ ...state, organizationText: 'version: 1\n' }, null)).skipped, null);
  assert.equal((await withOrganizationFiles({ ...state, organizationText: null }, null)).skipped, null);
});

test('attack: a link among the policies is not followed: they are left to the App', async (t) => {
  const folder = aFolder(t, { 'policies/a.rego': 'package a\n', 'secret.txt': 'secret' });
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'policies', 'b.rego'));
  assert.deepEqual(await read(folder), { policies: { kind: 'left' }, why: 'policies/b.rego is a link, expected a file' });
});

test('attack: a folder in the place of a policy, and a linked folder, are not read', async (t) => {
  const folder = aFolder(t, { 'elsewhere/a.rego': 'package a\n', 'policies/b.rego/README.md': 'x' });
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'policies', 'linked'));
  assert.deepEqual(await read(folder), { policies: { kind: 'files', files: [] }, why: undefined });
});

test('files over the limits are refused as the App refuses them; those of a folder that is gone are left to it', async (t) => {
  const folder = aFolder(t, { 'policies/a.rego': '#'.repeat(limits.organizationBytes), 'policies/b.rego': '#' });
  const refused = (found: string, most: number) => ({ policies: { kind: 'unreadable', why: `the configuration of the organisation names ${found}, expected at most ${most}`, isLasting: true }, why: undefined });
  assert.deepEqual(await read(folder), refused(`files of ${limits.organizationBytes + 1} bytes together`, limits.organizationBytes));
  const many = aFolder(t, Object.fromEntries(Array.from({ length: limits.organizationFiles + 1 }, (_, index) => [`policies/${index}.rego`, ''])));
  assert.deepEqual(await read(many), refused(`${limits.organizationFiles + 1} files`, limits.organizationFiles));
  assert.match((await read(join(folder, 'nowhere'))).why ?? '', /^they can not be read: /);
});
