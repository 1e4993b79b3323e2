import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PackageAnswer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import { json } from '../behavior-sources/a-service.ts';
import { aRegistry, packument, simplePage } from './a-registry.ts';
import type { Recorded } from './a-registry.ts';

const recorded: Recorded = {
  '/npm/left-pad': packument('left-pad', ['1.0.0', '1.3.0', '2.0.0-beta.1']),
  '/npm/@acme/ui': packument('@acme/ui', ['0.1.0']),
  '/npm/gone': packument('gone', [], { time: { unpublished: { time: '2020-01-01T00:00:00.000Z' } } }),
  '/npm/emptied': packument('emptied', []),
  '/npm/lawsuit': { status: 451, body: { error: 'unavailable' } },
  '/npm/dropped': { status: 410 },
  '/npm/evil-held': packument('evil-held', ['0.0.1-security']),
  '/simple/flask/': simplePage('Flask', [['Flask-2.0.tar.gz'], ['flask-3.0.0-py3-none-any.whl'], ['flask-2.9-py3-none-any.whl', 'broken'], ['flask-2.9.tar.gz', true]], { versions: ['2.0', '2.9', '3.0.0'] }),
  '/simple/zope-interface/': simplePage('zope.interface', [['zope.interface-6.1.tar.gz'], ['zope_interface-6.2-cp312-cp312-linux_x86_64.whl', false]]),
  '/simple/taken-back/': simplePage('taken-back', [['taken_back-1.0.tar.gz', 'why']]),
  '/simple/quarantined/': simplePage('quarantined', [], { 'project-status': { status: 'quarantined' } }),
  '/simple/no-files/': simplePage('no-files', []),
  '/simple/old-index/': { type: 'text/html', body: '<!DOCTYPE html><html><body><a href="x/old_index-1.0.tar.gz#sha256=a">old_index-1.0.tar.gz</a><br/><a href="y" data-yanked="why">old-index-2.0.zip</a></body></html>' },
  '/simple/lawsuit/': { status: 451 },
};

const exists: PackageAnswer = { kind: 'exists' };
const noPackage: PackageAnswer = { kind: 'missing', what: 'package' };
const noVersion: PackageAnswer = { kind: 'missing', what: 'version' };
const gone = (word: string): PackageAnswer => ({ kind: 'withdrawn', word });

const table: readonly (readonly [ecosystem: 'npm' | 'pypi', name: string, version: string | null, answer: PackageAnswer])[] = [
  ['npm', 'left-pad', null, exists],
  ['npm', 'left-pad', '1.3.0', exists],
  ['npm', 'left-pad', '^1.0.0', exists],
  ['npm', 'left-pad', '2.0.0-beta.1', exists],
  ['npm', 'left-pad', 'latest', exists],
  ['npm', 'left-pad', '>=1 <2 || 5', exists],
  ['npm', 'left-pad', '1.3.1', noVersion],
  ['npm', 'left-pad', '^9.0.0', noVersion],
  ['npm', 'left-pad', 'nightly', noVersion],
  ['npm', '@acme/ui', '0.1.0', exists],
  ['npm', '@acme/none', null, noPackage],
  ['npm', 'left-padd', null, noPackage],
  ['npm', 'gone', null, gone('unpublished')],
  ['npm', 'emptied', '1.0.0', gone('unpublished')],
  ['npm', 'lawsuit', null, gone('removed for legal reasons')],
  ['npm', 'dropped', null, gone('unpublished')],
  ['npm', 'evil-held', null, gone('held by the registry for security')],
  ['npm', 'evil-held', '0.0.1-security', gone('held by the registry for security')],
  ['pypi', 'flask', null, exists],
  ['pypi', 'flask', '==2.0.0', exists],
  ['pypi', 'flask', '==3.0', exists],
  ['pypi', 'flask', '>=1,<4', exists],
  ['pypi', 'flask', '==2.0.*', exists],
  ['pypi', 'flask', '==2.9', gone('yanked')],
  ['pypi', 'flask', '==4.0', noVersion],
  ['pypi', 'flask', '==5.*', noVersion],
  ['pypi', 'zope-interface', '==6.1', exists],
  ['pypi', 'zope-interface', '==6.2', exists],
  ['pypi', 'taken-back', null, gone('yanked')],
  ['pypi', 'quarantined', null, gone('quarantined')],
  ['pypi', 'no-files', null, gone('without any version')],
  ['pypi', 'old-index', '==1.0', exists],
  ['pypi', 'old-index', '==2.0', gone('yanked')],
  ['pypi', 'lawsuit', null, gone('removed for legal reasons')],
  ['pypi', 'no-such-thing', null, noPackage],
];

for (const [ecosystem, name, version, answer] of table) {
  test(`${ecosystem}: ${name} ${version ?? ''} is ${JSON.stringify(answer)}`, async (context) => {
    const { ask } = await aRegistry(context, recorded);
    assert.deepEqual(await ask({ ecosystem, name, version }), { kind: 'answered', value: answer });
  });
}

const troubles: readonly (readonly [what: string, recorded: Recorded[string]])[] = [
  ['is asked too often', { status: 429, headers: { 'retry-after': '1' } }],
  ['breaks', { status: 503 }],
  ['demands a login', { status: 401 }],
  ['refuses', { status: 403 }],
  ['leads elsewhere', { status: 302, headers: { location: 'https://evil.example/left-pad' } }],
  ['leads to another path of its own', { status: 302, headers: { location: 'moved' } }],
  ['leads to another folder of its own', { status: 307, headers: { location: '../moved/' } }],
  ['leads to itself', { status: 301, headers: { location: '/npm/left-pad' } }],
  ['answers nothing', { body: '' }],
  ['answers garbage', { body: '\0\u{1}{' }],
  ['answers a page', { type: 'text/html', body: '<html>hello</html>' }],
  ['answers another package', packument('right-pad', ['1.0.0'])],
  ['answers versions that are none', { body: { name: 'left-pad', versions: 'all' } }],
  ['packs its answer in another way', { body: 'x', headers: { 'content-encoding': 'br' } }],
];

for (const [what, answer] of troubles) {
  test(`a registry that ${what} tells nothing: it is unavailable, never a yes or a no`, async (context) => {
    const { ask } = await aRegistry(context, { '/npm/left-pad': answer, '/simple/left-pad/': answer, '/npm/moved': packument('left-pad', ['1.0.0']), '/simple/moved/': simplePage('left-pad', [['left-pad-1.0.tar.gz']]) });
    assert.equal((await ask({ name: 'left-pad' })).kind, 'unavailable');
    assert.equal((await ask({ ecosystem: 'pypi', name: 'left-pad' })).kind, 'unavailable');
  });
}

test('a registry that is not there, does not answer in time, or is not set tells nothing', async (context) => {
  const silent = await aRegistry(context, {}, { answer: () => {}, connection: { timeoutMs: 50 } });
  assert.equal((await silent.ask({ name: 'left-pad' })).kind, 'unavailable');
  const none = await aRegistry(context, {}, { indexes: { npm: null, pypi: null } });
  assert.deepEqual(await none.ask({ name: 'left-pad' }), { kind: 'unavailable', why: 'no registry of npm is set, expected one' });
  const refused = await aRegistry(context, {}, { indexes: { npm: { url: 'http://127.0.0.1:1', same: [] }, pypi: null } });
  assert.equal((await refused.ask({ name: 'left-pad' })).kind, 'unavailable');
});

test('attack: a registry of a private address or by plain http is asked by nobody', async (context) => {
  const { service } = await aRegistry(context, recorded);
  for (const [url, resolved] of [['https://registry.example', '10.0.0.1'], ['https://registry.example', '169.254.169.254'], ['http://registry.example', '93.184.216.34'], [`${service.url}npm`, '127.0.0.1']] as const) {
    const { ask } = await aRegistry(context, {}, { indexes: { npm: { url, same: [] }, pypi: null }, allowsLoopback: false, connection: { resolve: async () => await Promise.resolve([resolved]), timeoutMs: 500 } });
    assert.equal((await ask({ name: 'left-pad' })).kind, 'unavailable', url);
  }
  assert.deepEqual(service.requests, []);
});

test('a name that comes from another registry than the one that is set is asked of nobody', async (context) => {
  const { ask, service, asked } = await aRegistry(context, recorded);
  for (const indexes of [['https://private.example/npm'], [`${service.url}npm`, 'https://private.example'], ['${PRIVATE_REGISTRY}'], ['https://user:secret@mirror.example'], ['not an address']]) assert.deepEqual(await ask({ name: 'left-pad', indexes }), { kind: 'answered', value: { kind: 'unasked', why: 'it comes from another registry than the one that is set' } });
  assert.deepEqual(asked(), []);
  for (const indexes of [[`${service.url}npm/`], ['https://mirror.example/'], ['HTTPS://MIRROR.example']]) assert.deepEqual(await ask({ name: 'left-pad', indexes }), { kind: 'answered', value: exists });
});

test('attack: a name that no registry could have is missing, and is no part of any request', async (context) => {
  const { ask, asked } = await aRegistry(context, recorded);
  for (const name of ['../../admin', 'a/b', '@a/b/c', 'a b', 'a?b', 'a#b', '.', '..', '', 'a%2f..', '@/x', 'é', 'x'.repeat(300)]) assert.deepEqual(await ask({ name }), { kind: 'answered', value: noPackage }, name);
  for (const name of ['-a', 'a-', 'a/b', '../x', 'a b']) assert.deepEqual(await ask({ ecosystem: 'pypi', name }), { kind: 'answered', value: noPackage }, name);
  assert.deepEqual(asked(), []);
});

test('who asks at once shares a request, and what was told answers later questions for an hour, of what is missing for a minute', async (context) => {
  let minutes = 0;
  const { ask, asked } = await aRegistry(context, recorded, { clock: { now: () => new Date(minutes * 60_000) } });
  await Promise.all([ask({ name: 'left-pad' }), ask({ name: 'left-pad', version: '1.3.0' })]);
  minutes = 59;
  await ask({ name: 'left-pad', version: '^1.0.0' });
  assert.deepEqual(asked(), ['/npm/left-pad']);
  await ask({ name: 'left-pad', version: '7.0.0' });
  assert.deepEqual(asked(), ['/npm/left-pad', '/npm/left-pad']);
  minutes = 119;
  await ask({ name: 'left-pad' });
  await ask({ name: 'none' });
  await ask({ name: 'none' });
  minutes = 121;
  await ask({ name: 'none' });
  // What is missing is asked for a second time in full, which tells whether it was there once.
  assert.deepEqual(asked().slice(2), ['/npm/left-pad', '/npm/none', '/npm/none', '/npm/none', '/npm/none']);
});

test('trouble is not kept, and a registry that is in trouble again and again is left alone', async (context) => {
  const { ask, asked } = await aRegistry(context, { '/npm/left-pad': { status: 500 } });
  const answers: unknown[] = [];
  for (let count = 0; count < 7; count += 1) answers.push(await ask({ name: 'left-pad' }));
  assert.equal(asked().length, 5);
  assert.deepEqual(answers.at(-1), { kind: 'unavailable', why: 'the registry gave no usable answer 5 times in a row, and is left alone for 20 s' });
});

test('a package whose list of versions is too long is asked for by one version', async (context) => {
  const long = 'x'.repeat(17 * 1024 * 1024);
  const { ask } = await aRegistry(context, { '/npm/huge': { body: long }, '/npm/huge/1.2.3': { body: { name: 'huge', version: '1.2.3' } }, '/npm/huge/latest': { body: { name: 'huge', version: '9.0.0' } } });
  const asked = async (version: string | null): Promise<unknown> => {
    const answer = await ask({ name: 'huge', version });
    return answer.kind === 'answered' ? answer.value : answer;
  };
  assert.deepEqual([await asked('1.2.3'), await asked('1.2.4'), await asked(null), await asked('^2.0.0')], [exists, noVersion, exists, exists]);
  assert.deepEqual(await Promise.all([asked('1.2.3'), asked('1.2.4')]), [exists, noVersion]);
});

test('no credential and nothing but the name goes out', async (context) => {
  const headers: unknown[] = [];
  const { ask } = await aRegistry(context, {}, { answer: (response) => response.writeHead(404).end() });
  const wanted: Pick<RequestOf<'package'>, 'name' | 'version'> = { name: 'left-pad', version: '^1.0.0' };
  await ask(wanted);
  const seen = await aRegistry(context, recorded);
  await seen.ask(wanted);
  headers.push(...seen.service.requests);
  assert.deepEqual(headers, [{ path: '/npm/left-pad', authorization: null }]);
});

test('a slow registry ends what one change asks in time: what was not answered then is asked with the next attempt, and nothing twice', async (context) => {
  const wanted = Array.from({ length: 50 }, (_, index) => ({ kind: 'package', ecosystem: 'npm', name: `package-${index}`, version: null, indexes: [] }) as const);
  const { registry, asked } = await aRegistry(context, {}, { answer: (response, path) => void setTimeout(() => json(JSON.stringify(packument(path.slice('/npm/'.length), ['1.0.0']).body))(response), 40), connection: { timeoutMs: 30_000 }, roundMs: 120 });
  const late = async () => (await registry.askAll(wanted)).flatMap(([, answer]) => (answer.kind === 'unavailable' ? [answer.why] : []));
  const first = await late();
  assert.deepEqual(new Set(first), new Set(['the registry was too slow for all that one change asks; the rest is asked with the next attempt']));
  for (let attempt = 0; attempt < 50 && (await late()).length > 0; attempt += 1);
  assert.deepEqual([await late(), asked().length], [[], wanted.length]);
});

test('attack: names that a registry answers oddly keep nobody else from asking it', async (context) => {
  const odd = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`/npm/odd-${index}`, [{ status: 405 }, { status: 302, headers: { location: 'moved' } }, { type: 'text/html', body: '<html>' }, packument('another', ['1.0.0'])][index % 4] ?? {}]));
  const { ask, asked } = await aRegistry(context, { ...recorded, ...odd });
  for (const path of Object.keys(odd)) assert.equal((await ask({ name: path.slice('/npm/'.length) })).kind, 'unavailable');
  assert.deepEqual(await ask({ name: 'left-pad' }), { kind: 'answered', value: exists });
  assert.equal(asked().length, 11);
});

test('what is known of a package is told while its registry is left alone', async (context) => {
  let isAway = false;
  const { ask } = await aRegistry(context, {}, { answer: (response) => void (isAway ? response.writeHead(500).end() : response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(packument('left-pad', ['1.0.0']).body))) });
  await ask({ name: 'left-pad' });
  isAway = true;
  for (let count = 0; count < 6; count += 1) await ask({ name: `other-${count}` });
  assert.deepEqual(await ask({ name: 'left-pad' }), { kind: 'answered', value: exists });
  assert.match(JSON.stringify(await ask({ name: 'another' })), /left alone/);
});
