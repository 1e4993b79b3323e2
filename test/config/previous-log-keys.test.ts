import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { readLogKey } from '../../src/audit/log-key.ts';
import { previousLogKeysSetting } from '../../src/config/previous-log-keys.ts';
import { appKeyPem, logKeyPem } from '../builders/server-keys.ts';

const otherPem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = createPublicKey(createPrivateKey(otherPem)).export({ type: 'spki', format: 'pem' }).toString();
const raw = [logKeyPem, otherPem].map((pem) => Buffer.from(readLogKey(pem, 'test').publicKey));

function read(environment: Readonly<Record<string, string>>, file = '') {
  const setting = previousLogKeysSetting(environment, () => file);
  return setting.kind === 'good' ? setting.value.map(({ publicKey }) => Buffer.from(publicKey)) : setting.why;
}

test('previousLogKeysSetting() is empty when nothing is set', () => {
  assert.deepEqual(read({}), []);
});

const forms: Readonly<Record<string, string>> = {
  'separated by a blank line': `${logKeyPem}\n${publicPem}`,
  'one right after the other': `${logKeyPem}${publicPem}`,
  'with \\n written out': `${logKeyPem}${publicPem}`.replaceAll('\n', String.raw`\n`),
  'in base64': Buffer.from(`${logKeyPem}\n\n${publicPem}`).toString('base64'),
  'with carriage returns': `${logKeyPem}\n${publicPem}`.replaceAll('\n', '\r\n'),
};

for (const [title, text] of Object.entries(forms)) {
  test(`previousLogKeysSetting() takes private and public keys ${title}`, () => {
    assert.deepEqual(read({ LOG_KEY_PREVIOUS: text }), raw);
  });
}

test('previousLogKeysSetting() keeps the private half of those that have one, and shows it nowhere', () => {
  const setting = previousLogKeysSetting({ LOG_KEY_PREVIOUS: `${logKeyPem}\n${publicPem}` }, () => '');
  assert.deepEqual(setting.kind === 'good' ? setting.value.map(({ privateKey }) => privateKey?.reveal() ?? null) : setting.why, [logKeyPem, null]);
  assert.ok(!JSON.stringify(setting).includes(logKeyPem.split('\n')[1] ?? ''));
});

test('previousLogKeysSetting() reads them from the file that LOG_KEY_PREVIOUS_PATH names', () => {
  assert.deepEqual(read({ LOG_KEY_PREVIOUS_PATH: 'old.pem' }, publicPem), [raw[1]]);
});

const refused: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'text that is no key': [{ LOG_KEY_PREVIOUS: 'nonsense' }, /^LOG_KEY_PREVIOUS holds something else than keys/],
  'something between the keys': [{ LOG_KEY_PREVIOUS: `${logKeyPem}canary\n${publicPem}` }, /^LOG_KEY_PREVIOUS holds something else/],
  'a key of another kind': [{ LOG_KEY_PREVIOUS: `${publicPem}\n${appKeyPem}` }, /^LOG_KEY_PREVIOUS holds no Ed25519 key in its block 2 of 2/],
  'a broken key': [{ LOG_KEY_PREVIOUS: publicPem.replace('MCow', 'AAAA') }, /block 1 of 1/],
  'both a text and a path': [{ LOG_KEY_PREVIOUS: publicPem, LOG_KEY_PREVIOUS_PATH: 'x' }, /are both set/],
};

for (const [title, [environment, why]] of Object.entries(refused)) {
  test(`previousLogKeysSetting() refuses ${title}, without quoting it`, () => {
    const said = String(read(environment));
    assert.match(said, why);
    assert.ok(!said.includes('canary') && !said.includes(appKeyPem.split('\n')[1] ?? ''));
  });
}

test('previousLogKeysSetting() refuses a file that can not be read', () => {
  const setting = previousLogKeysSetting({ LOG_KEY_PREVIOUS_PATH: 'gone.pem' }, () => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  });
  assert.deepEqual(setting, { kind: 'bad', why: 'LOG_KEY_PREVIOUS_PATH names "gone.pem", which can not be read (ENOENT)' });
});
