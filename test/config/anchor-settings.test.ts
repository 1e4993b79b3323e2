import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { readConfig } from '../../src/config.ts';
import { anchorNames } from '../../src/config/anchor-names.ts';
import { anchorRepositorySetting, witnessesSetting } from '../../src/config/anchor-settings.ts';
import { createAnchors } from '../../src/config/create-anchors.ts';
import { anEnvironment } from '../builders/server-environment.ts';

const key = 'witness.example/w1+bbfab71d+BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g';
const other = 'w2+0dc9c9b8+BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g';

test('without settings a log is sealed every minute or 1,000 entries, verified daily and anchored nowhere', () => {
  const config = readConfig(anEnvironment());
  assert.deepEqual([config.sealing, config.selfAuditMs, config.anchorLateMs, config.anchorDirectory, config.anchorRepository, config.witnesses], [{ everyMs: 60_000, everyEntries: 1_000 }, 86_400_000, 10_800_000, null, null, []]);
});

test('all anchors can be named at once, and have names of their own', () => {
  const config = readConfig(anEnvironment({ ANCHOR_DIR: '/var/anchors', ANCHOR_REPOSITORY: 'acme/anchors', ANCHOR_COMMIT_MINUTES: '5', ANCHOR_WITNESSES: `https://w1.example/a/ ${key},\n http://127.0.0.1:9 ${other}` }));
  const nobody = { repository: () => assert.fail(), repositories: async function* () {} };
  assert.deepEqual(createAnchors(config, nobody).map(({ name, everyMs }) => [name, everyMs]), [['file', 0], ['witness witness.example/w1', 0], ['witness w2', 0], ['branch', 300_000]]);
  assert.deepEqual(anchorNames(config), createAnchors(config, nobody).map(({ name }) => name));
  assert.deepEqual(config.witnesses.map(({ url }) => url), ['https://w1.example/a', 'http://127.0.0.1:9']);
});

test('every wrong one is told at once', () => {
  const wrong = { SEAL_EVERY_ENTRIES: '0', SEAL_EVERY_SECONDS: '1', SELF_AUDIT_HOURS: 'x', ANCHOR_REPOSITORY: 'acme', ANCHOR_COMMIT_MINUTES: '0', ANCHOR_LATE_MINUTES: '1', ANCHOR_WITNESSES: 'http://w1.example x' };
  assert.throws(() => readConfig(anEnvironment(wrong)), (thrown) => {
    assert.ok(thrown instanceof Failure && thrown.code === 'CONFIG_INVALID');
    for (const name of Object.keys(wrong)) assert.match(thrown.message, new RegExp(`  ${name} `));
    return true;
  });
});

test('a repository is owner/name, a branch one that git takes', () => {
  for (const [ANCHOR_REPOSITORY, ANCHOR_BRANCH] of [['a/b/c', 'x'], ['a b/c', 'x'], ['a/b', '-x'], ['a/b', 'x..y'], ['a/b', 'x/'], ['a/b', 'x.lock'], ['a/b', 'x y'], ['', 'x']]) assert.equal(anchorRepositorySetting({ ANCHOR_REPOSITORY, ANCHOR_BRANCH }).kind, 'bad', `${ANCHOR_REPOSITORY} ${ANCHOR_BRANCH}`);
  assert.deepEqual(anchorRepositorySetting({ ANCHOR_REPOSITORY: 'a/b', ANCHOR_BRANCH: 'audit/x.y' }), { kind: 'good', value: { repository: 'a/b', branch: 'audit/x.y' } });
});

test('a witness is an https address and a key that cosigns, each once', () => {
  for (const text of [key, `https://w1.example ${key} more`, `http://w1.example ${key}`, `https://user@w1.example ${key}`, `https://w1.example ${key.replace('+bb', '+cb')}`, `https://w1.example ${key}, https://w3.example ${key}`]) assert.equal(witnessesSetting({ ANCHOR_WITNESSES: text }).kind, 'bad', text);
});
