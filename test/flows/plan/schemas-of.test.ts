import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBuiltinSchema } from '../../../src/domain/contract/builtin-schemas.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { readFact } from '../../../src/flows/plan/server-facts.ts';
import { schemasOf } from '../../../src/flows/plan/schemas-of.ts';
import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import { emptyRecord } from '../../../src/flows/empty-record.ts';
import { FakeGitHub } from '../../fakes/fake-github.ts';

const files: Readonly<Record<string, string>> = { 'a.schema.json': '{"type": "object"}', 'b.schema.yaml': 'title: b\n', 'broken.json': '{' };
const of = (...names: readonly (string | null)[]): Promise<readonly JsonValue[]> => schemasOf(names.map((schema) => ({ schema })), async (path) => (files[path] === undefined ? null : new TextEncoder().encode(files[path])));

test('schemasOf() reads the schemas that contract sets name, each once, and those that come with Plumbline', async () => {
  assert.deepEqual(await of('a.schema.json', null, 'b.schema.yaml', 'a.schema.json', 'builtin:workspace-contract/v2'), [{ type: 'object' }, { title: 'b' }, findBuiltinSchema('workspace-contract/v2')]);
});

test('schemasOf() gives none where one can not be used: what nobody classes counts as breaking', async () => {
  for (const name of ['broken.json', 'absent.json', 'org:a.json', 'builtin:nothing']) assert.deepEqual(await of('a.schema.json', name), [], name);
});

test("what governs a path of a base has the base's schemas", async () => {
  const github = new FakeGitHub();
  const commit = github.commit('main', { 'contracts/a.yaml': 'x: 1', 's.json': '{"title": "S"}' });
  const configuration = configurationOf({ version: 1, contracts: [{ name: 'workspace', paths: ['contracts/**'], schema: 's.json' }] }, 'main');
  const fact = await readFact({ objects: github.repository, commit, configuration, entry: 'main', releases: emptyRecord, organization: async () => null }, { kind: 'contract', path: 'contracts/a.yaml' });
  assert.deepEqual(fact.contracts?.get('contracts/a.yaml')?.schemas, [{ title: 'S' }]);
});
