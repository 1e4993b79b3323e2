import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import type { Content } from '../../builders/content.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { aService } from '../../probes/behavior-sources/a-service.ts';
import { runPlumbline } from '../run-plumbline.ts';
import type { CommandResult } from '../run-plumbline.ts';

interface Checked extends CommandResult {
  /** Paths that the registry was asked for. */
  readonly asked: readonly string[];
}

/** A change by dependabot, who is asked for no evidence, judged beside a registry that has `open` alone. */
async function check(context: TestContext, base: Readonly<Record<string, Content>>, head: Readonly<Record<string, Content>>, words: readonly string[]): Promise<Checked> {
  const service = await aService(context, (response, { url }) => {
    const isThere = url === '/npm/open';
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' }).end(isThere ? '{"name":"open","versions":{"1.0.0":{}},"dist-tags":{"latest":"1.0.0"}}' : '{}');
  });
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': 'version: 1\nhallucination: {agents: [{login: "*[bot]"}]}\nregistries: {npm: {names: ["@own"]}}\n', ...base });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit(head);
  const { path: folder, remove } = aTemporaryDirectory();
  context.after(remove);
  const contextFile = join(folder, 'context.json');
  writeFileSync(contextFile, JSON.stringify({ author: { login: 'dependabot[bot]', kind: 'app' }, teams: {}, approvals: [], fork: false, now: '2026-11-20T12:00:00Z' }));
  const environment = { PLUMBLINE_MODE: 'development', NPM_REGISTRY_URL: `${service.url}npm`, PYPI_INDEX_URL: `${service.url}simple` };
  const result = await runPlumbline(made.directory, ['check', '--base', 'main', '--gate', 'hallucination', '--context', contextFile, ...words], { environment });
  return { ...result, asked: service.requests.map(({ path }) => path) };
}

const manifest = (dependencies: Readonly<Record<string, string>>): string => JSON.stringify({ name: 'shop', dependencies });

test('check --online asks the registry that is set, and fails for a package that it does not have', async (context) => {
  const { code, stdout, asked } = await check(context, {}, { 'package.json': manifest({ open: '^1', invented: '1' }) }, ['--online']);
  assert.deepEqual([code, asked.toSorted()], [1, ['/npm/invented', '/npm/invented', '/npm/open']], stdout);
  assert.match(stdout, /"invented" is no package/);
});

test('check without --online asks nobody, says so, and names it as left to the App', async (context) => {
  const { code, stdout, asked } = await check(context, {}, { 'package.json': manifest({ open: '^1' }) }, []);
  assert.deepEqual([code, asked], [0, []], stdout);
  assert.match(stdout, /the App will also ask:.*whether the packages that the change names exist/);
});

test('no private name leaves, whoever says that it is private: the base by its settings, the configuration, or the change itself', async (context) => {
  const base = { '.npmrc': '@acme:registry=https://npm.acme.example/\n', 'pip.conf': '[global]\nextra-index-url = https://pypi.acme.example/simple\n' };
  const head = { 'package.json': manifest({ '@acme/secret': '1', '@own/secret': '1', open: '1' }), 'requirements.txt': 'acme-secret==1\n', 'web/package.json': manifest({ '@new/secret': '1' }), 'web/.npmrc': '@new:registry=https://npm.new.example/\n', 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/@acme/deep': { version: '1.0.0' } } }) };
  const { code, stdout, asked } = await check(context, base, head, ['--online']);
  assert.deepEqual([code, asked], [2, ['/npm/open']], stdout);
  for (const name of ['@acme/secret', '@own/secret', 'acme-secret', '@new/secret', '@acme/deep']) assert.ok(stdout.includes(name), name);
});

test('check finds imports that lead nowhere, with the place, without any network', async (context) => {
  const { code, stdout } = await check(context, { 'src/cart.ts': 'export const addItem = 1;\n' }, { 'src/shop.ts': "import { addItems } from './cart.ts';\nimport './tax.ts';\n" }, []);
  assert.equal(code, 1, stdout);
  assert.match(stdout, /src\/shop\.ts[^]*takes "addItems" from "src\/cart\.ts"[^]*Did you mean "addItem"\?/);
  assert.match(stdout, /imports "\.\/tax\.ts", and there is no such file/);
});

test('a registry that is set wrong is told, and what is wrong is not repeated', async (context) => {
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': 'version: 1\n' });
  const { code, stderr } = await runPlumbline(made.directory, ['check', '--base', 'main', '--online'], { environment: { NPM_REGISTRY_URL: 'https://me:secret@registry.example' } });
  assert.deepEqual([code, /NPM_REGISTRY_URL has something that is no address/.test(stderr), stderr.includes('secret')], [64, true, false], stderr);
});
