import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { aCertificate } from './a-certificate.ts';
import { aReader, aService, json } from './a-service.ts';

const sources = join(import.meta.dirname, '../../../src/probes/behavior-sources');
const identity = aCertificate('metrics.example');

test('read() connects to the checked address and holds the certificate against the name', async (context) => {
  const service = await aService(context, json('1'), identity);
  const reader = aReader([`metrics.example:${service.port}`], { certificateAuthority: identity.cert });
  const answer = await reader.read({ url: `https://metrics.example:${service.port}/`, secret: 'token', status: 200 });
  assert.deepEqual([answer.kind, service.requests], ['body', [{ path: '/', authorization: 'Bearer token' }]]);
});

test('attack: a certificate for another name is refused, and no secret sent', async (context) => {
  const service = await aService(context, json('1'), identity);
  const hosts = [`other.example:${service.port}`, service.host];
  const reader = aReader(hosts, { certificateAuthority: identity.cert });
  for (const host of hosts) {
    const answer = await reader.read({ url: `https://${host}/`, secret: 'token', status: 200 });
    assert.deepEqual(answer, { kind: 'no-signal', why: `"${host}" has a certificate for another name, expected an answer` });
  }
  assert.deepEqual(service.requests, []);
});

test('attack: a certificate that its owner signed is refused, whatever the environment says', async (context) => {
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  context.after(() => (before === undefined ? delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'] : (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before)));
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const service = await aService(context, json('1'), identity);
  const answer = await aReader([`metrics.example:${service.port}`]).read({ url: `https://metrics.example:${service.port}/`, secret: 'token', status: 200 });
  assert.deepEqual(answer, { kind: 'no-signal', why: `"metrics.example:${service.port}" has a certificate that nobody trusted made, expected an answer` });
  assert.deepEqual(service.requests, []);
});

test('attack: a proxy that the environment names is not asked', async (context) => {
  const proxy = await aService(context, json('"proxied"'));
  const service = await aService(context, json('"direct"'));
  const script = `
    import { createSourceReader } from './source-reader.ts';
    const reader = createSourceReader({ rules: { hosts: ['metrics.example:${service.port}'], allowsLoopback: true }, resolve: async () => ['127.0.0.1'] });
    const answer = await reader.read({ url: 'http://metrics.example:${service.port}/', secret: null, status: 200 });
    process.stdout.write(answer.kind === 'body' ? answer.bytes : JSON.stringify(answer));`;
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1', http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: '', NO_PROXY: '' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: sources, env });
  assert.deepEqual([stdout, proxy.requests], ['"direct"', []]);
});
