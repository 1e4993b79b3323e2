import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';
import { behaviorHostsSetting, behaviorSecretsSetting } from '../../src/config/behavior-settings.ts';

const grant = { value: 'secret-canary', repositories: ['acme/shop'], hosts: ['metrics.example.com:8443'] };

/** The grants of a file with this content, or what is wrong with it. */
function read(content: unknown, files: Readonly<Record<string, string>> = {}): unknown {
  const all: Readonly<Record<string, string>> = { '/etc/plumbline/secrets.yaml': typeof content === 'string' ? content : JSON.stringify(content), ...files };
  const setting = behaviorSecretsSetting({ BEHAVIOR_SECRETS_FILE: '/etc/plumbline/secrets.yaml' }, (path) => all[path] ?? assert.fail(path));
  return setting.kind === 'good' ? setting.value : setting.why;
}

test('behaviorHostsSetting() takes hosts as URLs write them, and none when nothing is set', () => {
  const hosts = (text?: string) => behaviorHostsSetting({ BEHAVIOR_HOSTS: text });
  assert.deepEqual([hosts(), hosts('a.example, b.example:8443\n[2001:db8::1]')], [{ kind: 'good', value: [] }, { kind: 'good', value: ['a.example', 'b.example:8443', '[2001:db8::1]'] }]);
  for (const wrong of ['https://a.example', 'a.example/path', '*.example', 'A.example', 'a.example:443', 'user@a.example']) assert.equal(hosts(wrong).kind, 'bad', wrong);
});

test('behaviorSecretsSetting() takes a value as it is or from a file beside it, and prints it nowhere', () => {
  const grants = behaviorSecretsSetting({ BEHAVIOR_SECRETS_FILE: 's.json' }, () => JSON.stringify({ secrets: { TOKEN: grant } }));
  assert.ok(grants.kind === 'good');
  assert.deepEqual(grants.value.map(({ name, secret }) => [name, secret.reveal()]), [['TOKEN', 'secret-canary']]);
  assert.doesNotMatch(inspect(grants, { depth: 9 }) + JSON.stringify(grants), /canary/);
  const fromFile = read({ secrets: { TOKEN: { ...grant, value: undefined, file: 'token' } } }, { '/etc/plumbline/token': 'other-canary\n' });
  assert.doesNotMatch(inspect(fromFile), /wrong|canary/);
  assert.ok(Array.isArray(fromFile) && fromFile.length === 1);
});

test('behaviorSecretsSetting() takes repositories by name and by number', () => {
  const grants = behaviorSecretsSetting({ BEHAVIOR_SECRETS_FILE: 's.json' }, () => JSON.stringify({ secrets: { TOKEN: { ...grant, repositories: ['acme/shop', 7] } } }));
  assert.deepEqual(grants.kind === 'good' ? grants.value.map(({ repositories }) => repositories) : grants.why, [['acme/shop', 7]]);
});

const wrongs: Readonly<Record<string, unknown>> = {
  'no YAML': 'secrets: [secret-canary',
  'no secrets': {},
  'a key beside them': { secrets: {}, more: 'secret-canary' },
  'a name in lower case': { secrets: { token: grant } },
  'no object': { secrets: { TOKEN: 'secret-canary' } },
  'an unknown key': { secrets: { TOKEN: { ...grant, hostss: [] } } },
  'no repositories': { secrets: { TOKEN: { ...grant, repositories: [] } } },
  'a pattern of repositories': { secrets: { TOKEN: { ...grant, repositories: ['acme/*'] } } },
  'a number that no repository has': { secrets: { TOKEN: { ...grant, repositories: [1.5] } } },
  'no hosts': { secrets: { TOKEN: { ...grant, hosts: undefined } } },
  'a URL for a host': { secrets: { TOKEN: { ...grant, hosts: ['https://a.example'] } } },
  'a value and a file': { secrets: { TOKEN: { ...grant, file: 'token' } } },
  'neither': { secrets: { TOKEN: { ...grant, value: undefined } } },
  'a value of two lines': { secrets: { TOKEN: { ...grant, value: 'secret-canary\nmore' } } },
};

for (const [what, content] of Object.entries(wrongs)) {
  test(`behaviorSecretsSetting() refuses ${what} and quotes no value`, () => {
    const told = read(content);
    assert.match(String(told), /^BEHAVIOR_SECRETS_FILE/);
    assert.doesNotMatch(String(told), /canary/);
  });
}

test('behaviorSecretsSetting() says that its file can not be read', () => {
  assert.deepEqual(behaviorSecretsSetting({ BEHAVIOR_SECRETS_FILE: 'gone.yaml' }, () => { throw new Error('ENOENT'); }), { kind: 'bad', why: 'BEHAVIOR_SECRETS_FILE names "gone.yaml", which can not be read' });
});
