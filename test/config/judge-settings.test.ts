import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfiguration } from '../../src/domain/configuration/read-configuration.ts';
import { isJudgedOutside, judgeSetting } from '../../src/config/judge-settings.ts';

const set = (environment: Readonly<Record<string, string>>) => judgeSetting({ environment, isDevelopment: false, readText: () => assert.fail('no file is named') });
const good = { JUDGE_URL: 'https://judge.example/v1', JUDGE_REPOSITORIES: 'Acme/Shop, acme2/*' };

test('no judge is set by itself', () => assert.deepEqual(set({}), { kind: 'good', value: null }));

test('a judge is asked about the named repositories, with a secret that is printed nowhere', () => {
  const setting = set({ ...good, JUDGE_TOKEN: 'canary' });
  assert.ok(setting.kind === 'good' && setting.value !== null);
  const { token, ...rest } = setting.value;
  assert.deepEqual([rest, token?.reveal()], [{ url: 'https://judge.example/v1', timeoutMs: 5_000, repositories: ['acme/shop', 'acme2/*'] }, 'canary']);
  assert.doesNotMatch(JSON.stringify(setting), /canary/);
});

test('text of a repository that is not named stays here', () => {
  const names = ['acme/shop', 'acme2/*'];
  assert.deepEqual(['ACME/shop', 'acme2/x', 'acme/other', 'acme22/x', 'x/acme2'].map((name) => isJudgedOutside(name, names)), [true, true, false, false, false]);
  assert.equal(isJudgedOutside('a/b', ['*']), true);
});

for (const [what, wrong] of Object.entries({
  'plain http': { ...good, JUDGE_URL: 'http://judge.example/' },
  'plain http of a private network': { ...good, JUDGE_URL: 'http://10.0.0.1:8080/' },
  'plain http of what looks like this machine': { ...good, JUDGE_URL: 'http://localhost.example/' },
  'a part behind #': { ...good, JUDGE_URL: 'https://judge.example/#a' },
  'another scheme': { ...good, JUDGE_URL: 'file:///judge' },
  'a login in the address': { ...good, JUDGE_URL: 'https://eve:secret-canary@judge.example/' },
  'an address that is none': { ...good, JUDGE_URL: 'judge' },
  'no repositories': { JUDGE_URL: good.JUDGE_URL },
  'a repository that is none': { ...good, JUDGE_REPOSITORIES: 'acme' },
  'no time': { ...good, JUDGE_TIMEOUT_MS: '0' },
  'a secret that can not be sent': { ...good, JUDGE_TOKEN: 'secret-canary\nx' },
  'a secret without a judge': { JUDGE_TOKEN: 'secret-canary' },
})) {
  test(`${what} is refused at start`, () => {
    const setting = set(wrong);
    assert.ok(setting.kind === 'bad' && /JUDGE_/.test(setting.why) && !/canary/.test(setting.why), JSON.stringify(setting));
  });
}

test('a judge may stand on this machine, or in a private network', () => {
  for (const url of ['http://127.0.0.1:8080/', 'http://[::1]:8080/', 'http://localhost:8080/', 'https://10.0.0.1/', 'https://judge.internal:8443/v1']) assert.equal(set({ ...good, JUDGE_URL: url }).kind, 'good', url);
});

test('attack: a repository names no judge: its configuration has no place for one', () => {
  const kindOf = (hallucination: object, more: object = {}): string => readConfiguration(new TextEncoder().encode(JSON.stringify({ version: 1, hallucination, ...more })), 'x.json').kind;
  assert.equal(kindOf({ minConfidence: 0.9 }), 'valid');
  for (const member of ['judge', 'judgeUrl', 'JUDGE_URL']) assert.deepEqual([kindOf({ [member]: 'https://evil.example/' }), kindOf({}, { [member]: 'https://evil.example/' })], ['invalid', 'invalid'], member);
});
