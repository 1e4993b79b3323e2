import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { Failure } from '../../src/domain/failure.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aCheck } from './a-check.ts';
import { scripted } from './connected.ts';
import { objectOf } from './json.ts';

const ref: RepositoryRef = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' };
const root = '/api/v3/repos/acme/shop';
const sha = (digit: string): string => digit.repeat(40);

function item(path: string, type: 'blob' | 'tree', digit: string): object {
  return { path, type, mode: type === 'tree' ? '040000' : '100644', sha: sha(digit), ...(type === 'blob' ? { size: 1 } : {}) };
}

const listed = (mode: string) => scripted(() => ({ tree: [{ path: 'x', type: 'blob', mode, sha: sha('1'), size: 1 }], truncated: false })).app.repository(ref).tree(sha('c'));

const graph = (node: unknown) => ({ data: { repository: { o0: node } } });

const answering = (answer: object) => scripted(() => answer).app.repository(ref).pullRequest(1);

const failing = (type: string | undefined) => answering({ data: { repository: { pullRequest: null } }, errors: [{ ...(type === undefined ? {} : { type }), message: 'x' }] });

const row = (id: number, guid: string, status_code: number, minutesAgo: number) => ({ id, guid, status_code, redelivery: false, delivered_at: new Date(Date.now() - minutesAgo * 60_000).toISOString() });

const minting = (visible: boolean): { readonly fetch: typeof fetch } => ({
  fetch: async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init?.body === 'string' ? init.body : '';
    if (url.pathname.endsWith('/access_tokens')) return body.includes('.github') ? Response.json({ message: 'There is at least one repository that does not exist' }, { status: 422 }) : Response.json({ token: 'ghs_x', expires_at: '2099-01-01T00:00:00Z' }, { status: 201 });
    const repository = visible ? { databaseId: 7, defaultBranchRef: { target: { oid: sha('c') } }, object: null } : null;
    return Response.json({ data: { repository } });
  },
});

describe('tree() of a repository that GitHub cuts', () => {
  it('walks by directory and is complete', async () => {
    const { app, requests } = scripted(({ path }) => {
      if (path === `${root}/git/trees/${sha('c')}?recursive=1`) return { tree: [], truncated: true };
      if (path === `${root}/git/trees/${sha('c')}`) return { tree: [item('a', 'tree', 'a'), item('z.md', 'blob', '1')], truncated: false };
      return path === `${root}/git/trees/${sha('a')}?recursive=1` ? { tree: [item('b', 'tree', 'b'), item('b/x.md', 'blob', '2')], truncated: false } : undefined;
    });
    const tree = await app.repository(ref).tree(sha('c'));
    assert.deepEqual(tree.entries.map((entry) => entry.path), ['a/b/x.md', 'z.md']);
    assert.deepEqual([tree.complete, requests.length], [true, 3]);
  });

  it('is incomplete when a single directory is cut, and is not kept', async () => {
    const { app, cache } = scripted(() => ({ tree: [item('z.md', 'blob', '1')], truncated: true }));
    assert.equal((await app.repository(ref).tree(sha('c'))).complete, false);
    assert.equal(cache.texts.size, 0);
  });

  it('stops after 200 reads and is incomplete, however deep an attacker nests', async () => {
    const { app, requests } = scripted(({ path }) => (path.endsWith('recursive=1') ? { tree: [], truncated: true } : { tree: [item('d', 'tree', 'd')], truncated: false }));
    assert.equal((await app.repository(ref).tree(sha('c'))).complete, false);
    assert.equal(requests.length, 200);
  });

  it('is incomplete when two names became one on the way', async () => {
    const { app } = scripted(() => ({ tree: [item('\uFFFD.md', 'blob', '1'), item('\uFFFD.md', 'blob', '2')], truncated: false }));
    assert.equal((await app.repository(ref).tree(sha('c'))).complete, false);
  });

  it('reads old file modes as git does and refuses unknown ones', async () => {
    assert.deepEqual([(await listed('100664')).entries[0]!.mode, (await listed('100775')).entries[0]!.mode], ['100644', '100755']);
    await assert.rejects(listed('777'), isFailure('SNAPSHOT_UNREADABLE'));
  });
});

describe('blobs() against a GitHub that lies', () => {
  const text = 'a: 1\n';
  const name = createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
  const long = createHash('sha256').update(`blob ${text.length}\0${text}`).digest('hex');
  it('reads singly what comes changed in the query, and takes it when it hashes to its name', async () => {
    const { app } = scripted(({ path }) => (path === '/api/graphql' ? graph({ byteSize: 5, isBinary: false, isTruncated: false, text: 'a: 2\n' }) : { size: 5, encoding: 'base64', content: Buffer.from(text).toString('base64') }));
    assert.deepEqual((await app.repository(ref).blobs([{ blob: name, size: 5 }])).get(name), { kind: 'bytes', bytes: new TextEncoder().encode(text) });
  });

  it('throws when the single read is changed too', async () => {
    const { app, cache } = scripted(({ path }) => (path === '/api/graphql' ? graph(null) : { size: 5, encoding: 'base64', content: Buffer.from('a: 2\n').toString('base64') }));
    await assert.rejects(app.repository(ref).blobs([{ blob: name, size: 5 }]), isFailure('SNAPSHOT_UNREADABLE'));
    assert.equal(cache.contents.size, 0);
  });

  it('knows the names of SHA-256 repositories', async () => {
    const { app } = scripted(() => graph({ byteSize: 5, isBinary: false, isTruncated: false, text }));
    assert.equal((await app.repository(ref).blobs([{ blob: long, size: 5 }])).get(long)!.kind, 'bytes');
  });

  it('asks for at most 100 blobs and 2 MiB in one query', async () => {
    const sizes: number[] = [];
    const { app } = scripted(({ path, body }) => {
      if (path !== '/api/graphql') return undefined;
      sizes.push(Object.keys(objectOf(objectOf(JSON.parse(body))['variables'])).length - 2);
      return { data: { repository: {} } };
    });
    const many = Array.from({ length: 250 }, (_, index) => ({ blob: String(index).padStart(40, '0'), size: 100 }));
    const large = Array.from({ length: 9 }, (_, index) => ({ blob: String(index).padStart(40, 'f'), size: 480_000 }));
    await assert.rejects(app.repository(ref).blobs(many), isFailure('SNAPSHOT_UNREADABLE'));
    await assert.rejects(app.repository(ref).blobs(large), isFailure('SNAPSHOT_UNREADABLE'));
    assert.deepEqual(sizes, [100, 100, 50, 4, 4, 1]);
  });
});

describe('a GraphQL answer with status 200', () => {
  it('with a NOT_FOUND error is null at that place', async () => {
    assert.equal(await answering({ data: { repository: { pullRequest: null } }, errors: [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'], message: '' }] }), null);
  });

  it('with any other error is never taken for "there is none"', async () => {
    await assert.rejects(failing(undefined), isFailure('GITHUB_UNAVAILABLE'));
    await assert.rejects(failing('FORBIDDEN'), isFailure('GITHUB_REFUSED'));
    await assert.rejects(failing('RATE_LIMITED'), isFailure('GITHUB_RATE_LIMITED'));
  });

  it('without data, or with a shape that we do not know, throws', async () => {
    await assert.rejects(answering({ message: 'hello' }), isFailure('GITHUB_UNAVAILABLE'));
    await assert.rejects(answering({ data: { repository: { pullRequest: { number: '1' } } } }), isFailure('GITHUB_UNAVAILABLE', /"number" is string, expected a number/));
    await assert.rejects(answering([]), isFailure('GITHUB_UNAVAILABLE'));
  });

  it('gives a bot the suffix of its login, a deleted author the name ghost, an imported one no login of ours, and tells whose account it is', async () => {
    const facts = { number: 1, state: 'OPEN', title: 't', isDraft: false, createdAt: 'x', headRefOid: sha('1'), headRepository: null, baseRefName: 'main', baseRefOid: sha('2'), baseRef: null, mergeCommit: null };
    const by = async (author: object | null) => {
      const told = (await answering({ data: { repository: { pullRequest: { ...facts, author } } } }))!;
      return [told.author, told.authorId];
    };
    assert.deepEqual(await by({ __typename: 'Bot', login: 'dependabot', databaseId: 49 }), ['dependabot[bot]', 49]);
    assert.deepEqual(await by({ __typename: 'User', login: 'mona', databaseId: 13 }), ['mona', 13]);
    assert.deepEqual(await by({ __typename: 'Mannequin', login: 'mona' }), ['mannequin:mona', null]);
    assert.deepEqual(await by(null), ['ghost', null]);
  });
});

describe('lists', () => {
  it('of comments are followed to the end, and one without an end is refused', async () => {
    const next = { link: '<https://github.example/api/v3/x?page=2>; rel="next"' };
    const { app, requests } = scripted(() => Response.json([], { headers: next }));
    await assert.rejects(app.repository(ref).findComment(1, 'x'), isFailure('GITHUB_REFUSED'));
    assert.equal(requests.length, 100);
  });

  it('with a Link header of a megabyte are read in no time', async () => {
    const link = `<${'<'.repeat(500_000)}${'; '.repeat(250_000)}`;
    const { app } = scripted(() => Response.json([], { headers: { link } }));
    const started = performance.now();
    assert.equal(await app.repository(ref).findComment(1, 'x'), null);
    assert.ok(performance.now() - started < 500);
  });
});

describe('deliveryAttempts()', () => {
  const next = { link: '<https://github.example/api/v3/app/hook/deliveries?per_page=100&cursor=v1_3>; rel="next"' };

  it('reads one page at a time and says where to go on', async () => {
    const { app, requests } = scripted(({ path }) => (path.includes('cursor=v1_3') ? [row(3, 'a', 500, 3)] : Response.json([row(6, 'c', 0, 1), { ...row(5, 'b', 202, 2), redelivery: true }], { headers: next })));
    const since = new Date(Date.now() - 3_600_000);
    const first = await app.deliveryAttempts(since, null);
    const second = await app.deliveryAttempts(since, first.next);
    assert.deepEqual(first.attempts.map((one) => [one.id, one.guid, one.hasArrived, one.isRepeated]), [[6, 'c', false, false], [5, 'b', true, true]]);
    assert.deepEqual([second.attempts.map((one) => one.id), second.next, requests.length], [[3], null, 2]);
  });

  it('ends at the first attempt that is older than asked for', async () => {
    const { app } = scripted(() => Response.json([row(2, 'a', 500, 3), row(1, 'old', 500, 90)], { headers: next }));
    const page = await app.deliveryAttempts(new Date(Date.now() - 3_600_000), null);
    assert.deepEqual([page.attempts.map((one) => one.id), page.next], [[2], null]);
  });

  it('never looks further back than the three days that GitHub keeps', async () => {
    const { app } = scripted(() => [row(1, 'a', 500, 3 * 24 * 60 + 1)]);
    assert.deepEqual(await app.deliveryAttempts(new Date(0), null), { attempts: [], next: null });
  });

  it('takes an attempt of which GitHub does not say so for a repeated one', async () => {
    const { app } = scripted(() => [{ ...row(1, 'a', 500, 3), redelivery: undefined }]);
    assert.equal((await app.deliveryAttempts(new Date(0), null)).attempts[0]?.isRepeated, true);
  });
});

describe('an organisation whose .github the installation was not given', () => {
  it('is read when it is public, and null when nothing is seen of it', async () => {
    assert.equal((await scripted(() => undefined, minting(true)).app.organizationConfiguration(ref))!.repository.id, 7);
    assert.equal(await scripted(() => undefined, minting(false)).app.organizationConfiguration(ref), null);
  });
});

describe('secrets', () => {
  it('a token of the App that is refused has its key read anew, and is signed with the new one', async () => {
    const [before, after] = [aRsaKey(), aRsaKey()];
    const kept = { pem: before.pem, reads: 0 };
    const { app, requests } = scripted(({ headers }) => (isSignedBy(headers, after.publicKey) ? { slug: 'plumbline' } : Response.json({ message: 'A JSON web token could not be decoded' }, { status: 401 })), {
      privateKey: { reveal: () => kept.pem, renew: async () => ((kept.pem = after.pem), (kept.reads += 1), true) },
    });
    assert.deepEqual([await app.slug(), requests.length, kept.reads], ['plumbline', 2, 1]);
  });

  it('a token that is refused is not sent again where the key is the same', async () => {
    const { app, requests } = scripted(() => Response.json({ message: 'no' }, { status: 401 }), { privateKey: { reveal: () => aRsaKey().pem, renew: async () => false }, pause: async () => {} });
    const once = scripted(() => Response.json({ message: 'no' }, { status: 401 }), { pause: async () => {} });
    await assert.rejects(app.slug(), isFailure('GITHUB_UNAVAILABLE'));
    await assert.rejects(once.app.slug(), isFailure('GITHUB_UNAVAILABLE'));
    assert.equal(requests.length, once.requests.length);
  });

  it('connectGitHub() refuses a key that is none, without quoting it', () => {
    const canary = 'canary-0123456789';
    assert.throws(() => scripted(() => undefined, { privateKey: canary }), (thrown) => thrown instanceof Failure && thrown.code === 'CONFIG_INVALID' && !`${thrown.message}${String(thrown.cause)}`.includes(canary));
  });

  it('a failure tells neither token nor key, in its message or in its causes', async () => {
    const { app, log } = scripted(({ headers }) => Response.json({ message: `bad ${headers.get('authorization')}` }, { status: 500 }));
    const thrown: unknown = await app.repository(ref).createCheck(aCheck(sha('c'))).catch((error: unknown) => error);
    await app.repository(ref).branchTip('main').catch(() => null);
    assert.ok(thrown instanceof Failure);
    assert.doesNotMatch(JSON.stringify([thrown.message, String(thrown.stack), String(thrown.cause), log.lines]), /ghs_t|PRIVATE KEY/);
  });
});

function aRsaKey(): { readonly pem: string; readonly publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), publicKey };
}

function isSignedBy(headers: Headers, key: KeyObject): boolean {
  const [head = '', body = '', signature = ''] = (headers.get('authorization') ?? '').replace(/^bearer /, '').split('.');
  return verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
}

describe('checksOf()', () => {
  const suite = (status: string, conclusion: string | null, id = 5) => ({ id, status, conclusion, app: { id } });
  const told = (...suites: readonly object[]) => scripted(() => ({ total_count: suites.length, check_suites: suites })).app.repository(ref).checksOf(sha('c'));

  it('is a failure where one other App found one, and a success where one ended well', async () => {
    assert.deepEqual([await told(suite('completed', 'success'), suite('completed', 'timed_out')), await told(suite('completed', 'success'), suite('queued', null)), await told(suite('completed', 'failure'))], ['failure', 'success', 'failure']);
  });

  it('is nothing where nobody said anything, nothing has ended, or what was said says nothing', async () => {
    assert.deepEqual([await told(), await told(suite('in_progress', null)), await told(suite('completed', 'neutral'), suite('completed', 'cancelled'), suite('completed', 'skipped'))], [null, null, null]);
  });

  it('does not count what we found ourselves', async () => {
    assert.equal(await told(suite('completed', 'failure', 4_711)), null);
  });
});

describe('checkRun()', () => {
  const run = { id: 7, head_sha: sha('c'), name: 'tests', status: 'completed', conclusion: 'success', app: { id: 15_368, slug: 'github-actions' } };
  const told = (answer: object | Response) => scripted(() => answer).app.repository(ref).checkRun?.(7);

  it('says who made it, and null of an App that is gone', async () => {
    assert.deepEqual(await told(run), { kind: 'found', run: { head: sha('c'), name: 'tests', status: 'completed', conclusion: 'success', app: { slug: 'github-actions', isOwn: false } } });
    assert.deepEqual(await told({ ...run, app: null }), { kind: 'found', run: { head: sha('c'), name: 'tests', status: 'completed', conclusion: 'success', app: null } });
    assert.deepEqual(await told({ ...run, app: { id: 4_711, slug: 'plumbline' } }), { kind: 'found', run: { head: sha('c'), name: 'tests', status: 'completed', conclusion: 'success', app: { slug: 'plumbline', isOwn: true } } });
  });

  it('attack: believes no conclusion of a run that has not ended', async () => {
    assert.deepEqual(await told({ ...run, status: 'in_progress' }), { kind: 'found', run: { head: sha('c'), name: 'tests', status: 'in_progress', conclusion: null, app: { slug: 'github-actions', isOwn: false } } });
  });

  it('attack: keeps so much of a name and no half characters, which no record could hold', async () => {
    const found = await told({ ...run, name: `\ud800${'x'.repeat(100_000)}` });
    assert.equal(found?.kind === 'found' && found.run.name, `\ufffd${'x'.repeat(254)}`);
  });

  it('tells what is not there and what may not be read from what another attempt may tell', async () => {
    assert.deepEqual(await told(Response.json({ message: 'Not Found' }, { status: 404 })), { kind: 'absent' });
    const refused = await told(Response.json({ message: 'Resource not accessible by integration' }, { status: 403 }));
    assert.ok(refused?.kind === 'refused' && refused.why.includes('Resource not accessible by integration'));
  });

  for (const [title, answer] of Object.entries({ 'about another run': { ...run, id: 8 }, 'without a head': { ...run, head_sha: null }, 'without a conclusion': { ...run, conclusion: null }, 'without an App': { ...run, app: undefined }, 'of nothing': {} })) {
    it(`is not known by an answer ${title}`, async () => {
      await assert.rejects(async () => await told(answer), isFailure('GITHUB_UNAVAILABLE'));
    });
  }

  it('is asked for by the ETag of what it said last, and then is what it was', async () => {
    const asked: (string | null)[] = [];
    const { app } = scripted(({ headers }) => {
      asked.push(headers.get('if-none-match'));
      return asked.length === 1 ? Response.json(run, { headers: { etag: '"one"' } }) : new Response(null, { status: 304 });
    });
    const told = [await app.repository(ref).checkRun?.(7), await app.repository(ref).checkRun?.(7)];
    assert.deepEqual([asked, told[1]], [[null, '"one"'], told[0]]);
  });
});
