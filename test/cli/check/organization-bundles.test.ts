import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { aRepository } from '../../builders/a-repository.ts';
import type { Content } from '../../builders/content.ts';
import { privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { aService } from '../../probes/behavior-sources/a-service.ts';
import { builtBundle } from '../../probes/policy-engine/a-bundle.ts';
import { runPlumbline } from '../run-plumbline.ts';
import type { CommandResult } from '../run-plumbline.ts';

const key = privateKeyOf('ES256', 'policies');
const keysOf = (...owners: readonly string[]): string => JSON.stringify({ keys: owners.map((owner) => publicJwk(privateKeyOf('ES256', owner), owner)) });
const rule = 'package plumbline.rules.docs.frozen\n\nimport rego.v1\n\noutcome(action) := "fail" if startswith(action.action, "docs.")\n\noutcome(action) := "pass" if not startswith(action.action, "docs.")\n\nresult contains {"subject": action.name, "outcome": outcome(action), "message": "docs are frozen"} if some action in input.actions\n';
const bundle = builtBundle({ 'docs/frozen.rego': rule }, ['docs/frozen'], key);

const naming = (bundles: string): string => `version: 1\nkeys: [keys.json]\ngovernance: {bundles: [${bundles}]}\n`;
const byPath = naming('{name: team, path: policies/team.tar.gz}');

/** A change of the documentation, judged with a checkout of the organisation's repository that has these files. */
async function check(context: TestContext, files: Readonly<Record<string, Content>>, { words = [], environment = {}, isAlone = false }: { readonly words?: readonly string[]; readonly environment?: Readonly<Record<string, string>>; readonly isAlone?: boolean } = {}): Promise<CommandResult> {
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': 'version: 1\n', 'docs/a.md': 'a' });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'docs/a.md': 'b' });
  const { path: folder, remove } = aTemporaryDirectory();
  context.after(remove);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return await runPlumbline(made.directory, ['check', '--base', 'main', '--organization', isAlone ? join(folder, 'plumbline.yml') : folder, ...words], { environment });
}

test('check --organization asks a bundle of the checkout, and names its digest in the record', async (context) => {
  const { code, stdout } = await check(context, { 'plumbline.yml': byPath, 'keys.json': keysOf('policies'), 'policies/team.tar.gz': bundle }, { words: ['--format', 'json'] });
  const { verdicts } = JSON.parse(stdout);
  const governance = verdicts.find(({ gate }: { readonly gate: string }) => gate === 'governance');
  assert.deepEqual([code, governance.bundles], [1, [{ whose: "the organisation's bundle team", digest: digestOfBytes(bundle) }]]);
  assert.match(stdout, /The rule docs\/frozen of the organisation's bundle team denies that: \\"docs are frozen\\"/);
});

test('a bundle that another key signed is no answer: check exits 3 and says who mends it', async (context) => {
  const { code, stdout } = await check(context, { 'plumbline.yml': byPath, 'keys.json': keysOf('them'), 'policies/team.tar.gz': bundle });
  assert.equal(code, 3);
  assert.match(stdout, /The organisation's bundle team gave no answer: it is signed by none of the keys\.[^]*hoever maintains [^ ]*\/\.github mends it there/);
});

test('a bundle is left to the App where the configuration is named without its folder, and that is said', async (context) => {
  const { code, stdout } = await check(context, { 'plumbline.yml': byPath }, { isAlone: true });
  assert.equal(code, 0);
  assert.match(stdout, /the App will also ask:.*the organisation's bundles/);
});

test('a bundle at an address is fetched with --online alone, from a host that POLICY_BUNDLE_HOSTS names', async (context) => {
  const service = await aService(context, (response) => response.writeHead(200).end(bundle));
  const files = { 'plumbline.yml': naming(`{name: shared, url: "${service.url}s.tar.gz", digest: "${digestOfBytes(bundle)}"}`), 'keys.json': keysOf('policies') };
  const environment = { PLUMBLINE_MODE: 'development', POLICY_BUNDLE_HOSTS: service.host };
  const fetched = await check(context, files, { words: ['--online'], environment });
  assert.deepEqual([fetched.code, /The rule docs\/frozen of the organisation's bundle shared denies that/.test(fetched.stdout)], [1, true], fetched.stdout);
  const offline = await check(context, files, { environment });
  assert.deepEqual([offline.code, /it could not be fetched: nothing is fetched without --online/.test(offline.stdout)], [3, true], offline.stdout);
  const elsewhere = await check(context, files, { words: ['--online'], environment: { PLUMBLINE_MODE: 'development', POLICY_BUNDLE_HOSTS: 'policies.example' } });
  assert.deepEqual([elsewhere.code, /expected a host that the operator lists in POLICY_BUNDLE_HOSTS/.test(elsewhere.stdout)], [3, true], elsewhere.stdout);
  const wrong = await check(context, files, { words: ['--online'], environment: { POLICY_BUNDLE_HOSTS: 'https://policies.example' } });
  assert.deepEqual([wrong.code, /POLICY_BUNDLE_HOSTS names "https:\/\/policies\.example"/.test(wrong.stderr)], [64, true], wrong.stderr);
  assert.equal(service.requests.length, 1);
});

test('config check and config show know bundles, and a repository under an organisation may name none', async (context) => {
  const { path: folder, remove } = aTemporaryDirectory();
  context.after(remove);
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': byPath });
  writeFileSync(join(folder, 'plumbline.yml'), byPath);
  writeFileSync(join(folder, 'none.yml'), 'version: 1\n');
  const refused = await runPlumbline(made.directory, ['config', 'check', '--organization', join(folder, 'none.yml')]);
  assert.deepEqual([refused.code, /Cannot loosen `governance\.bundles`/.test(refused.stdout)], [1, true], refused.stdout);
  assert.equal((await runPlumbline(made.directory, ['config', 'check', join(folder, 'plumbline.yml')])).code, 0);
  const shown = await runPlumbline(made.directory, ['config', 'show', '--effective', '--organization', join(folder, 'plumbline.yml')]);
  assert.match(shown.stdout, /^governance\.bundles\.team\.path +"policies\/team\.tar\.gz" +organisation$/m);
});
