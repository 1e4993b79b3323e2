import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexesOfPerson } from '../../src/cli/compose/indexes-of-person.ts';
import type { Environment } from '../../src/config/settings.ts';

function read(environment: Environment, files: Readonly<Record<string, string>> = {}): unknown {
  const setting = indexesOfPerson(environment, (path) => {
    const text = files[path];
    if (text === undefined) throw new Error('ENOENT');
    return text;
  });
  return setting.kind === 'good' ? [setting.value.npm?.url ?? null, setting.value.pypi?.url ?? null, ...(setting.value.npm?.same ?? [])] : setting.why;
}

test('no registry is known unless something names one', () => {
  assert.deepEqual(read({}), [null, null]);
  assert.deepEqual(read({ HOME: '/home/me' }, { '/home/me/.npmrc': 'fund=false\n' }), [null, null]);
});

test('the first address of a setting is asked, the others stand for it, and it wins over what npm and pip are set to', () => {
  assert.deepEqual(read({ NPM_REGISTRY_URL: 'https://a.example/npm/, https://b.example', PYPI_INDEX_URL: 'https://c.example/simple/', NPM_CONFIG_REGISTRY: 'https://x.example', PIP_INDEX_URL: 'https://y.example' }), ['https://a.example/npm', 'https://c.example/simple', 'https://b.example']);
});

test('without it npm and pip are believed, by their environment and then by their files', () => {
  const files = { '/home/me/.npmrc': 'registry = https://a.example/\n', '/home/me/.config/pip/pip.conf': '[global]\nindex-url = https://b.example/simple\n' };
  assert.deepEqual(read({ HOME: '/home/me' }, files), ['https://a.example', 'https://b.example/simple']);
  assert.deepEqual(read({ HOME: '/home/me', npm_config_registry: 'https://c.example', PIP_INDEX_URL: 'https://d.example/simple' }, files), ['https://c.example', 'https://d.example/simple']);
  assert.deepEqual(read({ PIP_CONFIG_FILE: '/pip.conf', NPM_CONFIG_USERCONFIG: '/npmrc' }, { '/pip.conf': '[install]\nindex-url = https://e.example/simple\n', '/npmrc': 'registry=https://f.example' }), ['https://f.example', 'https://e.example/simple']);
});

test('what npm and pip are set to is passed over where it has a password, a variable, or is not https', () => {
  for (const url of ['https://me:pw@a.example', 'http://a.example', '${REGISTRY}', 'ftp://a.example', 'nothing']) assert.deepEqual(read({ NPM_CONFIG_REGISTRY: url, PIP_INDEX_URL: url }), [null, null], url);
});

for (const wrong of ['http://a.example', 'https://me:secret@a.example', 'https://a.example?x=secret', 'a.example', 'https://a.example,secret', ',']) {
  test(`a setting of ${JSON.stringify(wrong)} is refused, and not repeated`, () => {
    for (const name of ['NPM_REGISTRY_URL', 'PYPI_INDEX_URL']) {
      const why = read({ [name]: wrong });
      assert.ok(typeof why === 'string' && why.startsWith(`${name} has something that is no address`) && !why.includes('secret'), String(why));
    }
  });
}

test('this very machine may be a registry in development alone', () => {
  assert.deepEqual(read({ PLUMBLINE_MODE: 'development', NPM_REGISTRY_URL: 'http://127.0.0.1:4873' }), ['http://127.0.0.1:4873', null]);
});
