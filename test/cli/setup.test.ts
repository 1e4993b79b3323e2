import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createColors } from 'picocolors';
import { runSetup } from '../../src/cli/setup/run-setup.ts';
import type { SetupOptions } from '../../src/cli/setup/run-setup.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { aRepository } from '../builders/a-repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aLoopbackServer } from './a-loopback-server.ts';
import type { LoopbackServer } from './a-loopback-server.ts';
import { runPlumbline } from './run-plumbline.ts';
import { ownThreads } from '../../src/probes/worker-threads/thread-source.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIB/canary+\n-----END RSA PRIVATE KEY-----\n';
const conversion = { id: 7, slug: 'plumbline-octo', html_url: 'https://github.com/apps/plumbline-octo', pem, webhook_secret: 'c'.repeat(40), client_secret: 'never-kept' };

interface Setup {
  readonly directory: string;
  /** The address that the terminal shows. */
  readonly page: URL;
  readonly result: Promise<number>;
  readonly github: LoopbackServer;
  output(): string;
}

async function start(context: TestContext, options: Partial<SetupOptions> = {}, answer = { status: 201, body: { ...conversion } as unknown }): Promise<Setup> {
  const { directory } = aRepository(context);
  const github = await aLoopbackServer(context, { 'POST /api/v3/app-manifests/code-1/conversions': answer });
  const written: string[] = [];
  const { promise, resolve } = Promise.withResolvers<URL>();
  const terminal: Terminal = {
    write: (text) => {
      written.push(text);
      const [address] = /http:\S+/.exec(text) ?? [];
      if (address !== undefined) resolve(new URL(address));
    },
    tell: () => {},
    color: createColors(false),
    words: [],
    isWatched: false,
    environment: { GITHUB_URL: github.url },
    directory,
    now: () => new Date(),
    threads: ownThreads,
  };
  const result = runSetup(terminal, { url: 'https://plumbline.example.com/', organization: 'octo-org', name: null, out: 'app.env', port: 0, ...options });
  result.catch(() => {});
  return { directory, page: await promise, result, github, output: () => written.join('') };
}

async function openPage(setup: Setup): Promise<{ readonly html: string; readonly state: string; readonly manifest: Record<string, unknown> }> {
  const html = await (await fetch(setup.page)).text();
  const decoded = html.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
  const manifest: Record<string, unknown> = JSON.parse(/value="(\{.*\})">/.exec(decoded)?.[1] ?? '{}');
  return { html, state: /state=([\w-]+)/.exec(decoded)?.[1] ?? '', manifest };
}

const callback = (setup: Setup, query: string): URL => new URL(`/callback?${query}`, setup.page);

test('setup takes the manifest to GitHub and writes the credentials to a file that only its owner reads', async (t) => {
  const setup = await start(t);
  const { state, manifest } = await openPage(setup);
  assert.equal((await fetch(callback(setup, `code=code-1&state=${state}`))).status, 200);
  assert.equal(await setup.result, 0);
  assert.deepEqual([manifest['redirect_url'], manifest['hook_attributes'], manifest['public']], [`${setup.page.origin}/callback`, { url: 'https://plumbline.example.com/api/github/webhooks', active: true }, false]);
  const file = join(setup.directory, 'app.env');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readFileSync(file, 'utf8'), `APP_ID=7\nPRIVATE_KEY=${JSON.stringify(pem.trimEnd())}\nWEBHOOK_SECRET=${'c'.repeat(40)}\nPUBLIC_URL=https://plumbline.example.com\nGITHUB_API_URL=${setup.github.url}/api/v3\n`);
  assert.match(setup.output(), /apps\/plumbline-octo\/installations\/new/);
});

test('setup asks for exactly the permissions and events of app.yml', async (t) => {
  const setup = await start(t, { timeoutMs: 3_000 });
  const { manifest, html } = await openPage(setup);
  const text = readFileSync(new URL('../../app.yml', import.meta.url), 'utf8');
  const permissions = Object.entries(manifest['default_permissions'] as Record<string, string>);
  assert.ok(permissions.length > 0 && permissions.every(([name, level]) => text.includes(`${name}: ${level}`)));
  const lines = html.split('\n');
  assert.deepEqual(permissions.filter(([name, level]) => !lines.includes(`<li>${name}: ${level}</li>`)), []);
  assert.ok(lines.includes('<li>push</li>'));
  assert.ok(html.includes(`${setup.github.url}/organizations/octo-org/settings/apps/new`));
  await assert.rejects(setup.result);
});

test('setup shows no secret on the terminal or a page', async (t) => {
  const setup = await start(t);
  const { html, state } = await openPage(setup);
  const after = await (await fetch(callback(setup, `code=code-1&state=${state}`))).text();
  await setup.result;
  assert.doesNotMatch(`${setup.output()}${html}${after}`, /canary|ccccc|never-kept/);
});

test('attack: the page opens once, and only with its token', async (t) => {
  const setup = await start(t, { timeoutMs: 500 });
  assert.equal((await fetch(new URL('/', setup.page))).status, 403);
  assert.equal((await fetch(new URL('/?token=guess', setup.page))).status, 403);
  assert.deepEqual([(await fetch(setup.page)).status, (await fetch(setup.page)).status], [200, 403]);
  await assert.rejects(setup.result, isFailure('PROBE_TIMED_OUT'));
});

test('attack: an answer with another state, before the page was opened or with a strange code is refused and converts nothing', async (t) => {
  const setup = await start(t, { timeoutMs: 500 });
  assert.equal((await fetch(callback(setup, 'code=code-1&state='))).status, 403);
  const { state } = await openPage(setup);
  for (const query of ['code=code-1', 'code=code-1&state=guess', `code=../../user&state=${state}`, `state=${state}`]) assert.equal((await fetch(callback(setup, query))).status, 403);
  await assert.rejects(setup.result, isFailure('PROBE_TIMED_OUT'));
  assert.deepEqual(setup.github.requests, []);
});

test('attack: another host name for this machine is not served', async (t) => {
  const setup = await start(t, { timeoutMs: 500 });
  assert.deepEqual([await statusWithHost(setup.page, 'evil.example'), await statusWithHost(setup.page, setup.page.host)], [421, 200]);
  await assert.rejects(setup.result);
});

test('attack: the page can be framed, scripted or posted elsewhere by nobody', async (t) => {
  const setup = await start(t, { timeoutMs: 500 });
  const { headers } = await fetch(setup.page);
  assert.equal(headers.get('content-security-policy'), `default-src 'none'; form-action ${setup.github.url}; frame-ancestors 'none'; base-uri 'none'`);
  assert.deepEqual([headers.get('referrer-policy'), headers.get('cache-control')], ['no-referrer', 'no-store']);
  await assert.rejects(setup.result);
});

test('setup ends by itself when nobody confirms, and leaves no file', async (t) => {
  const setup = await start(t, { timeoutMs: 50 });
  await assert.rejects(setup.result, isFailure('PROBE_TIMED_OUT'));
  assert.equal(existsSync(join(setup.directory, 'app.env')), false);
  await assert.rejects(fetch(setup.page));
});

for (const [what, answer] of [
  ['refuses', { status: 404, body: {} }],
  ['answers with nothing', { status: 201, body: {} }],
  ['answers with a key that is none', { status: 201, body: { ...conversion, pem: 'x\nAPP_ID=8' } }],
  ['answers with a secret that holds a line feed', { status: 201, body: { ...conversion, webhook_secret: 'a\nPATH=/evil' } }],
] as const) {
  test(`setup leaves no file when GitHub ${what}`, async (t) => {
    const setup = await start(t, {}, answer);
    const { state } = await openPage(setup);
    assert.equal((await fetch(callback(setup, `code=code-1&state=${state}`))).status, 502);
    await assert.rejects(setup.result);
    assert.equal(existsSync(join(setup.directory, 'app.env')), false);
  });
}

test('setup refuses a file that exists, and leaves it as it is', async (t) => {
  const { directory } = aRepository(t);
  writeFileSync(join(directory, '.env'), 'MINE=1\n');
  const { code, stderr } = await runPlumbline(directory, ['setup', '--url', 'https://plumbline.example.com']);
  assert.equal(code, 64);
  assert.match(stderr, /exists already/);
  assert.equal(readFileSync(join(directory, '.env'), 'utf8'), 'MINE=1\n');
});

for (const words of [[], ['--url', 'http://plumbline.example.com'], ['--url', 'https://me:secret@plumbline.example.com'], ['--url', 'nonsense'], ['--url', 'https://a.example', '--organization', '../x'], ['--url', 'https://a.example', '--port', '70000']]) {
  test(`plumbline setup ${words.join(' ')} exits 64 and writes nothing`, async (t) => {
    const { directory } = aRepository(t);
    const { code, stderr } = await runPlumbline(directory, ['setup', ...words]);
    assert.deepEqual([code, existsSync(join(directory, '.env')), stderr.includes('secret@')], [64, false, false]);
  });
}

async function statusWithHost(page: URL, host: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    request(page, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject).end();
  });
}
