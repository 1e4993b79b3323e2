import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { createJsonLog } from '../../src/web/json-log.ts';
import { appKeyPem, webhookSecret } from '../builders/server-keys.ts';
import { aDelivery, aWeb } from './web-fixture.ts';

/** The text that a log writes for some calls. */
function written(call: (log: ReturnType<typeof createJsonLog>) => void): string {
  const lines: string[] = [];
  call(createJsonLog({ level: 'info', secrets: [webhookSecret, appKeyPem], destination: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

test('a log line is one JSON object with level, time, message and fields', () => {
  const { time, ...line } = JSON.parse(written((log) => log.warn('job failed', { job: 'evaluate:1:2', attempt: 3 })));
  assert.deepEqual(line, { level: 'warn', job: 'evaluate:1:2', attempt: 3, msg: 'job failed' });
  assert.ok(!Number.isNaN(Date.parse(time)));
});

const canaries: Readonly<Record<string, string>> = {
  'the webhook secret': webhookSecret,
  'the App key whole': appKeyPem,
  'a line of the App key': appKeyPem.split('\n')[3]!,
  'an installation token of 40 characters': `ghs_${'A1b2'.repeat(9)}`,
  'an installation token of 520 characters': `ghs_4711_eyJ${'x.Y-_z'.repeat(85)}`,
  'a personal token': `ghp_${'a'.repeat(36)}`,
  'a fine-grained token': `github_pat_${'a1_'.repeat(20)}`,
  'a JSON web token': `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0NzExIn0.${'s'.repeat(40)}`,
  'a foreign private key': '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEICANARY\n-----END EC PRIVATE KEY-----',
};

for (const [title, canary] of Object.entries(canaries)) {
  test(`${title} never appears in a log line, wherever it stands`, () => {
    const cause = new Error(`inner ${canary}`);
    const failure = Object.assign(new Failure('GITHUB_REFUSED', `outer ${canary}`, { cause }), { request: { headers: { authorization: canary } } });
    const text = written((log) => log.error(`message ${canary}`, { plain: canary, [canary]: 1, deep: { list: [{ canary }] }, failure, url: new URL(`https://x:${encodeURIComponent(canary)}@h/`), long: `${'x'.repeat(1_990)}${canary}` }));
    for (const part of canary.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))) assert.ok(!text.includes(part), text);
    assert.ok(!text.includes(canary.slice(0, 30)), text);
  });
}

test('a password in a database address never appears in a log line', () => {
  assert.doesNotMatch(written((log) => log.info('x', { why: 'cannot reach postgres://plumbline:canary-password@db:5432/x' })), /canary/);
});

test('attack: line breaks, escape sequences and invisible characters in a field stay one line of plain text', () => {
  const text = written((log) => log.info('x', { title: 'a\r\nb\u001b[2Jc\u2028d\u202ee\u0085f\u0000g' }));
  assert.equal(text.split(/\r\n|[\n\r\u2028\u0085]/).length, 2);
  assert.ok(!text.includes('\u001b') && !text.includes('\u202e'));
});

test('attack: a field of a megabyte is cut, and one nested without end is bounded', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  const text = written((log) => log.info('x', { long: 'y'.repeat(1_000_000), loop, wide: Array.from({ length: 100_000 }, () => 1) }));
  assert.ok(text.length < 5_000, String(text.length));
});

test('a request is logged with headers of the allow-list alone', async (context) => {
  const web = await aWeb(context);
  await web.send(aDelivery({ headers: { 'x-github-encoded-secret': 'canary-header', authorization: 'Bearer canary-header', cookie: 'canary-header', 'x-request-id': 'canary-header', 'x-forwarded-host': 'canary-header' } }));
  await web.send({ path: '/probot?token=canary-query', headers: { 'x-api-key': 'canary-header' } });
  const text = JSON.stringify(web.log.lines);
  assert.ok(web.log.lines.filter((line) => line.message === 'request').length >= 2);
  assert.doesNotMatch(text, /canary/);
});
