import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createWeb } from '../../../src/web/create-web.ts';
import type { WebPorts } from '../../../src/web/create-web.ts';
import { noApi } from '../no-api.ts';
import { anApi } from './an-api.ts';
import { documentOf } from './document-of.ts';

const file = join(import.meta.dirname, '../../../schemas/api.openapi.json');
const operations = Object.entries(documentOf().paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

test('the description that is published is the one of the routes', () => {
  const text = `${JSON.stringify(documentOf(), null, 2)}\n`;
  if (process.env['PLUMBLINE_GOLDEN'] === 'write') writeFileSync(file, text);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(text));
});

test('the server answers with that description', async (context) => {
  const { ask } = await anApi(context);
  const { status, answer } = await ask('/openapi.json', { claims: { roles: ['viewer'] } });
  assert.deepEqual([status, answer], [200, JSON.parse(readFileSync(file, 'utf8'))]);
});

test('every route of the API is described, and no other', () => {
  const ports: Pick<WebPorts, 'api'> = { api: noApi() };
  // Nothing of the rest is asked for while routes are made.
  const web = createWeb({ ...ports } as WebPorts);
  const routes = web.routes.filter(({ path, method }) => path.startsWith('/api/v1') && method !== 'ALL').map(({ path, method }) => `${method} ${path}`);
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} /api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
  assert.deepEqual(routes.toSorted(), described.toSorted());
  assert.ok(described.length >= 10);
});

test('every operation has a name of its own, whoever may ask, and each parameter of its path', () => {
  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.deepEqual(operation.parameters.filter((one) => one.in === 'path').map(({ name, required }) => (required ? name : null)), named, path);
    assert.deepEqual(operation.security.length, 1, path);
    for (const status of [400, 401, 403, 405, 429, 500, 503]) assert.ok(Object.hasOwn(operation.responses, status), `${path} ${status}`);
  }
});

test('every schema of the description can be compiled, and every reference leads somewhere', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(documentOf(), 'openapi');
  for (const name of Object.keys(documentOf().components.schemas)) assert.equal(typeof ajv.compile({ $ref: `openapi#/components/schemas/${name}` }), 'function');
  const other = new Ajv2020({ strict: false });
  addFormats.default(other);
  for (const { operation } of operations) for (const { schema } of operation.parameters) assert.equal(typeof other.compile(schema), 'function');
});

test('the page about the API names every operation, and who may ask for it', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');
  for (const { path, method, operation } of operations) {
    const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${method.toUpperCase()} /api/v1${path}\``));
    assert.ok(row !== undefined, `${method} ${path}`);
    const roles = operation['x-roles'];
    if (roles !== undefined) assert.deepEqual(new Set([...(row.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, role]) => role)), new Set(roles), path);
  }
});

test('every problem that the API tells is explained on its page', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');
  const folder = join(import.meta.dirname, '../../../src/web');
  const sources = globSync(['api/**/*.ts', 'create-web.ts'], { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const codes = new Set([...sources.matchAll(/code: '([a-z_]+)'/g)].map(([, code]) => code ?? ''));
  assert.ok(codes.size > 25);
  assert.deepEqual([...codes].filter((code) => !page.includes(`\`${code}\``)), []);
});
