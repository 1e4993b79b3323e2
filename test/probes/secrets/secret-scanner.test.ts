import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { createSecretScanner } from '../../../src/probes/secrets/secret-scanner.ts';

/** Put together here: nothing in this repository has the form of a secret. */
const token = ['gh', 'p_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');
const slack = ['xox', 'b-', '123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx'].join('');
const kind = ['RSA', 'PRIVATE', 'KEY'].join(' ');
const key = `-----BEGIN ${kind}-----\n${'MIIEpAIBAAKCAQEA'.repeat(20)}\n-----END ${kind}-----\n`;
const address = (host: string) => ['https://admin', `hunter2@${host}`].join(':');
const hidden = `/* ${['secretlint', 'disable'].join('-')} */\n${token}\n`;

const scanner = createSecretScanner({ timeoutMs: 1_000 });
after(async () => await scanner.close());

async function rulesIn(text: string, path = 'a.txt'): Promise<readonly string[] | string> {
  const [answer] = await scanner.scan([{ path, text }]);
  return answer?.kind === 'scanned' ? answer.secrets.map(({ rule, line, column }) => `${rule} ${line}:${column}`) : (answer?.kind ?? 'nothing');
}

test('scan() tells rule, line, column and digest of a secret, and no part of it', async () => {
  const [answer] = await scanner.scan([{ path: 'a.ts', text: `x\nconst a = '${token}';\n` }]);
  assert.deepEqual(answer, { kind: 'scanned', secrets: [{ rule: 'github/GITHUB_TOKEN', line: 2, column: 12, digest: digestOfBytes(token) }] });
});

test('scan() finds secrets of several kinds', async () => {
  assert.deepEqual(await rulesIn(`${slack}\n`), ['slack/SLACK_TOKEN 1:1']);
  assert.deepEqual(await rulesIn(key, 'keys/server.pem'), ['privatekey/PrivateKey 1:1']);
  assert.deepEqual(await rulesIn(`url = ${address('shop.corp.io/')}`), ['basicauth/BasicAuth 1:7']);
});

test('scan() finds nothing in usual text', async () => {
  assert.deepEqual(await rulesIn('const token = process.env.TOKEN;\nhttps://example.test/a:b\n'), []);
});

test('scan() passes over a password for a host of examples, and over no other', async () => {
  for (const host of ['example.test/', 'db.example.com:5432/x', 'localhost', '127.0.0.1:80/']) assert.deepEqual(await rulesIn(address(host)), [], host);
  for (const host of ['example.test.evil.io/', 'example.com.evil.io/', 'mytest.io/', 'localhost.run/']) assert.deepEqual(await rulesIn(address(host)), ['basicauth/BasicAuth 1:1'], host);
});

test('scan() obeys no comment that would switch rules off', async () => {
  assert.deepEqual(await rulesIn(hidden), ['github/GITHUB_TOKEN 2:1']);
});

test('scan() answers every text of a batch in order', async () => {
  const answers = await scanner.scan(Array.from({ length: 40 }, (_, index) => ({ path: `${index}`, text: index % 2 === 0 ? token : '' })));
  assert.deepEqual(answers.map((answer) => (answer.kind === 'scanned' ? answer.secrets.length : -1)), answers.map((_, index) => 1 - (index % 2)));
});

test('an attack by a mebibyte of secrets ends in time as undecided, and the next text is answered', async () => {
  const answers = await scanner.scan([{ path: 'a', text: `${token}\n`.repeat(25_000) }, { path: 'b', text: token }]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['undecided', 'scanned']);
});

for (const piece of ['https://a:', 'xoxb', 'A/', '-----BEGIN ', 'aws_secret_access_key=', '\n', ' ', 'eyJ', '"private_key":', '_authToken=']) {
  test(`an attack by a mebibyte of ${JSON.stringify(piece)} is answered in time`, async () => {
    assert.notEqual(await rulesIn(piece.repeat(1024 * 1024 / piece.length)), 'undecided');
  });
}
