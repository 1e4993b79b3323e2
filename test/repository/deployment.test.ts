import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const ways: Readonly<Record<string, readonly string[]>> = { textOrFileSetting: ['PATH'], givenKeySetting: ['PATH'], keptSecretSetting: ['PATH', 'VAULT'] };

/** Every setting that the code reads; one that may be given as a file, or kept in Vault, is read under more names. */
const settings = new Set(globSync(['src/config.ts', 'src/config/*.ts'], { cwd: root }).flatMap((file) =>
  [...read(file).matchAll(/(textOf|integerSetting|choiceSetting|textOrFileSetting|givenKeySetting|keptSecretSetting)\((?:(?:environment|reading), )?'([A-Z_]+)'/g)].flatMap(([, reader = '', name = '']) => [name, ...(ways[reader] ?? []).map((way) => `${name}_${way}`)])));

test('.env.example names every setting that is read, and no other', () => {
  const named = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
  assert.deepEqual(named.filter((name) => name !== 'POSTGRES_PASSWORD').toSorted(), [...settings].toSorted());
});

test('docs/operations.md explains every setting', () => {
  const page = read('docs/operations.md');
  assert.deepEqual([...settings].filter((name) => !page.includes(`\`${name}\``)), []);
});

test('.env.example and the compose file carry no secret', () => {
  assert.deepEqual([...read('.env.example').matchAll(/^(?:APP_ID|PRIVATE_KEY|WEBHOOK_SECRET|LOG_KEY|POSTGRES_PASSWORD)=(.+)$/gm)].map(([line]) => line), []);
  assert.match(read('deploy/compose.yaml'), /\$\{POSTGRES_PASSWORD:\?/);
});

test('the image runs as a user without rights, from files that exist, and without scripts of packages', () => {
  const lines = read('Dockerfile').split('\n');
  const copied = lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from')).flatMap((line) => line.split(' ').slice(1, -1));
  assert.deepEqual(copied.filter((path) => !existsSync(join(root, path))), []);
  assert.ok(lines.indexOf('USER node') > 0 && lines.indexOf('USER node') < lines.findIndex((line) => line.startsWith('CMD')));
  assert.ok(lines.some((line) => line.includes('npm ci') && line.includes('--ignore-scripts') && line.includes('--omit=optional')));
});

test('what the image copies is not left out of the build', () => {
  const kept = read('.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const copied = read('Dockerfile').split('\n').filter((line) => line.startsWith('COPY ') && !line.includes('--from')).flatMap((line) => line.split(' ').slice(1, -1));
  assert.deepEqual([...new Set(copied)].toSorted(), kept.toSorted());
});

test('the compose file gives the server longer to stop than it takes, and no rights', () => {
  const { services } = parse(read('deploy/compose.yaml'));
  assert.deepEqual([services.server.stop_grace_period, services.server.read_only, services.server.cap_drop], ['30s', true, ['ALL']]);
});
