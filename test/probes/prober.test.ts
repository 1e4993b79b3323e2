import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalibrationLabels } from '../../src/domain/calibration/calibration-labels.ts';
import type { TestContext } from 'node:test';
import { Evidence } from '../../src/domain/evidence.ts';
import type { ProbeRequest, RequestOf } from '../../src/domain/probe-request.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Release } from '../../src/domain/release.ts';
import type { ObjectSource } from '../../src/flows/ports/object-source.ts';
import type { AgentLabels, ReleaseReader } from '../../src/flows/ports/prober.ts';
import { createProber } from '../../src/probes/prober.ts';
import { createValidator } from '../../src/probes/schema-validation/schema-validator.ts';

interface Told {
  readonly objects?: Partial<ObjectSource>;
  readonly releases?: Partial<ReleaseReader>;
  /** Left out: nobody keeps them. */
  readonly labels?: AgentLabels;
}

const refuse = async (): Promise<never> => await Promise.reject(new Failure('STORE_UNAVAILABLE', 'no database'));

async function ask(context: TestContext, requests: readonly ProbeRequest[], told: Told = {}): Promise<Evidence> {
  const validator = createValidator();
  context.after(async () => await validator.close());
  const objects: ObjectSource = { mergeBase: refuse, tree: refuse, blobs: refuse, namesAt: refuse, history: refuse, ...told.objects };
  const releases: ReleaseReader = { releases: refuse, releasesAt: refuse, contractIds: refuse, schemaVersions: refuse, recordState: refuse, ...told.releases };
  return await createProber({ objects, releases, validator, ...(told.labels === undefined ? {} : { labels: told.labels }) }).answer(requests, new Evidence());
}

const blob = (name: string): RequestOf<'blob'> => ({ kind: 'blob', blob: name, size: 1 });

/** Holds every blob but the named ones; a batch with one of them is refused as a whole, as the port says. */
function objectsWithout(missing: readonly string[], code: 'SNAPSHOT_UNREADABLE' | 'GITHUB_UNAVAILABLE' = 'SNAPSHOT_UNREADABLE'): { blobs: ObjectSource['blobs']; calls: number[] } {
  const calls: number[] = [];
  const blobs: ObjectSource['blobs'] = async (wanted) => {
    calls.push(wanted.length);
    if (wanted.some((one) => missing.includes(one.blob))) throw new Failure(code, 'not there');
    return new Map(wanted.map((one) => [one.blob, { kind: 'bytes', bytes: Buffer.from(one.blob) }]));
  };
  return { blobs, calls };
}

test('answer() reads all blobs in one go, each once', async (t) => {
  const objects = objectsWithout([]);
  const evidence = await ask(t, [blob('a'), blob('b'), blob('a')], { objects });
  assert.deepEqual([evidence.find(blob('a')), objects.calls], [{ kind: 'answered', value: { kind: 'bytes', bytes: Buffer.from('a') } }, [2]]);
});

test('answer() makes only the bad blob of a batch unavailable', async (t) => {
  const requests = Array.from({ length: 100 }, (_, index) => blob(`b${index}`));
  const evidence = await ask(t, requests, { objects: objectsWithout(['b37', 'b38']) });
  const unavailable = requests.filter((request) => evidence.find(request)?.kind === 'unavailable');
  assert.deepEqual(unavailable, [blob('b37'), blob('b38')]);
});

test('answer() does not ask again and again when the connection is down', async (t) => {
  const objects = objectsWithout(['b0'], 'GITHUB_UNAVAILABLE');
  const evidence = await ask(t, [blob('b0'), blob('b1')], { objects });
  assert.deepEqual([evidence.find(blob('b1'))?.kind, objects.calls], ['unavailable', [2]]);
});

test('answer() spends a bounded number of reads when thousands of blobs are bad', async (t) => {
  const requests = Array.from({ length: 3_000 }, (_, index) => blob(`b${index}`));
  const objects = objectsWithout(requests.map((request) => request.blob));
  const evidence = await ask(t, requests, { objects });
  assert.ok(objects.calls.length <= 400);
  assert.ok(requests.every((request) => evidence.find(request)?.kind === 'unavailable'));
});

test('answer() makes a blob that the source leaves out unavailable', async (t) => {
  const evidence = await ask(t, [blob('a')], { objects: { blobs: async () => new Map() } });
  assert.equal(evidence.find(blob('a'))?.kind, 'unavailable');
});

test('answer() gives each contract its own releases from one read per entry', async (t) => {
  const [one, two, elsewhere] = [aRelease('one'), aRelease('two'), { ...aRelease('one'), entry: 'rel' }];
  const unfinished = { branch: 'rel/1', unread: null };
  const asked: (readonly string[])[] = [];
  const releases = { releases: async (_entry: string, ids: readonly string[]) => (asked.push(ids), { own: [one, two], unsure: [two], rivals: [two], elsewhere: [elsewhere], possible: [elsewhere], unknown: [unfinished] }), releasesAt: async () => [two], contractIds: async () => [], schemaVersions: async () => [], recordState: async () => ({ kind: 'complete', upTo: 'c' }) as const };
  const requests = [{ kind: 'releases', entry: 'main', contractId: 'one' }, { kind: 'releases', entry: 'main', contractId: 'none' }, { kind: 'paths', entry: 'main', path: two.path }, { kind: 'record', entry: 'main' }] as const;
  const evidence = await ask(t, requests, { releases });
  const { version, contentHash, path, commit } = one;
  assert.deepEqual([evidence.find(requests[0]), evidence.find(requests[1]), evidence.find(requests[2]), evidence.find(requests[3])], [{ own: [one], unsure: [], rivals: [], elsewhere: [{ entry: 'rel', version, contentHash, path, commit }], possible: [{ entry: 'rel', version, contentHash, path, commit }], unknown: [unfinished] }, { own: [], unsure: [], rivals: [], elsewhere: [], possible: [], unknown: [unfinished] }, [two], { kind: 'complete', upTo: 'c' }].map((value) => ({ kind: 'answered', value })));
  assert.deepEqual(asked, [['one', 'none']]);
});

test('answer() gives each family of schemas its own versions from one read per entry', async (t) => {
  const version = { entry: 'main', path: 'order/v1.json', contentHash: 'sha256:1', blob: 'b', commit: 'c', origin: 'order/v1.json' } as const;
  const asked: (readonly string[])[] = [];
  const releases = { releases: async () => ({ own: [], unsure: [], rivals: [], elsewhere: [], possible: [], unknown: [] }), releasesAt: async () => [], contractIds: async () => [], schemaVersions: async (_entry: string, families: readonly string[]) => (asked.push(families), [version]), recordState: async () => ({ kind: 'complete', upTo: 'c' }) as const };
  const requests = [{ kind: 'schema-versions', entry: 'main', family: 'order/*.json' }, { kind: 'schema-versions', entry: 'main', family: 'none' }] as const;
  const evidence = await ask(t, requests, { releases });
  assert.deepEqual(requests.map((request) => evidence.find(request)), [{ kind: 'answered', value: [version] }, { kind: 'answered', value: [] }]);
  assert.deepEqual(asked, [['order/*.json', 'none']]);
});

test('answer() makes everything that a broken store was asked unavailable, and answers the rest', async (t) => {
  const validation = { kind: 'validation', schema: { kind: 'document', blob: 's', value: { type: 'string' } }, blob: 'd', value: 'text' } as const;
  const requests = [{ kind: 'releases', entry: 'main', contractId: 'a' }, { kind: 'paths', entry: 'main', path: 'p' }, { kind: 'record', entry: 'main' }, { kind: 'schema-versions', entry: 'main', family: 'f' }, blob('x')] as const;
  const evidence = await ask(t, [...requests, validation]);
  assert.ok(requests.every((request) => evidence.has(request)));
  assert.deepEqual([evidence.find(requests[2])?.kind, evidence.find(validation)], ['unavailable', { kind: 'answered', value: { kind: 'valid' } }]);
});

test('answer() keeps what was known before', async (t) => {
  const validator = createValidator();
  t.after(async () => await validator.close());
  const known = new Evidence().with('blob', [[blob('old'), { kind: 'unavailable', why: 'then' }]]);
  const objects: ObjectSource = { mergeBase: async () => '', tree: async () => ({ commit: '', entries: [], complete: true }), namesAt: async () => [], history: async () => ({ commits: [], next: null }), blobs: objectsWithout([]).blobs };
  const releases: ReleaseReader = { releases: async () => ({ own: [], unsure: [], rivals: [], elsewhere: [], possible: [], unknown: [] }), releasesAt: async () => [], contractIds: async () => [], schemaVersions: async () => [], recordState: async () => ({ kind: 'complete', upTo: '' }) };
  const evidence = await createProber({ objects, releases, validator }).answer([blob('new')], known);
  assert.deepEqual([evidence.has(blob('old')), evidence.has(blob('new'))], [true, true]);
});

function aRelease(contractId: string): Release {
  return { entry: 'main', contractId, version: '1.0.0', contentHash: `sha256:${'0'.repeat(64)}`, parent: null, path: `contracts/${contractId}.yaml`, commit: 'c', blob: 'b', bytesDigest: `sha256:${'0'.repeat(64)}`, adopted: false, decisionId: null, lifecycle: 'active' };
}

test('answer() takes a document that the machine left without an answer for unavailable, and one beyond the limits for answered', async () => {
  const wanted = ['a', 'b'].map((document) => ({ kind: 'validation', schema: { kind: 'document', blob: 's', value: true }, blob: document, value: 1 }) as const);
  const validator = { validate: async () => [{ kind: 'unanswered', why: 'the worker died' }, { kind: 'undecided', why: 'too long' }] as const, prepare: () => {}, compare: async () => [], close: async () => {} };
  const objects: ObjectSource = { mergeBase: refuse, tree: refuse, blobs: refuse, namesAt: refuse, history: refuse };
  const evidence = await createProber({ objects, releases: { releases: refuse, releasesAt: refuse, contractIds: refuse, schemaVersions: refuse, recordState: refuse }, validator }).answer(wanted, new Evidence());
  assert.deepEqual(wanted.map((request) => evidence.find(request)), [{ kind: 'unavailable', why: 'the worker died' }, { kind: 'answered', value: { kind: 'undecided', why: 'too long' } }]);
});

test('answer() leaves a question about secrets unavailable where nobody looks for them', async (t) => {
  const request: RequestOf<'secrets'> = { kind: 'secrets', blob: 'a', path: 'a', text: 'a' };
  assert.equal((await ask(t, [request])).find(request)?.kind, 'unavailable');
});

test('answer() tells all other sources where one breaks, and repeats nothing of what it threw', async (t) => {
  const validator = createValidator();
  t.after(async () => await validator.close());
  const question = (name: string): RequestOf<'behavior-reading'> => ({ kind: 'behavior-reading', path: name, blob: name, name, source: { kind: 'contract-releases', contracts: null }, documents: [], base: 'b', head: null });
  const reading = { kind: 'answered', value: 1, observedAt: '2026-11-20T12:00:00Z', generator: null } as const;
  const read = async ({ name }: { readonly name: string }) => (name === 'good' ? await Promise.resolve(reading) : await Promise.reject(new Error('Bearer hush')));
  const prober = createProber({ objects: { mergeBase: refuse, tree: refuse, blobs: refuse, namesAt: refuse, history: refuse }, releases: { releases: refuse, releasesAt: refuse, contractIds: refuse, schemaVersions: refuse, recordState: refuse }, validator, behaviors: { read } });
  const evidence = await prober.answer([question('bad'), question('good')], new Evidence());
  assert.deepEqual([evidence.find(question('bad')), evidence.find(question('good'))], [{ kind: 'unavailable', why: 'what asks the source broke' }, { kind: 'answered', value: reading }]);
});

test('answer() gives no reading of a behaviour, and no state, where nobody can be asked', async (t) => {
  const requests = [{ kind: 'behavior-reading', path: 'a', blob: 'a', name: 'a', source: { kind: 'contract-releases', contracts: null }, documents: [], base: 'b', head: null }, { kind: 'drift-state', behavior: 'a' }] as const;
  const evidence = await ask(t, requests);
  assert.deepEqual(requests.map((request) => evidence.find(request)?.kind), ['unavailable', 'unavailable']);
});

test('answer() tells what became of the changes of each agent, asked together; where nobody keeps that, or tells too little, there is no answer', async (t) => {
  const requests = ['a[bot]', 'b[bot]'].map((agent): RequestOf<'calibration'> => ({ kind: 'calibration', agent }));
  const known: CalibrationLabels = { scores: [{ score: 900, labels: 2, good: 1 }], repository: { labels: 3, good: 2 } };
  const asked: (readonly string[])[] = [];
  const told = await ask(t, requests, { labels: { labelsOf: async (agents) => (asked.push(agents), [known]) } });
  assert.deepEqual([asked, requests.map((request) => told.find(request)?.kind)], [[['a[bot]', 'b[bot]']], ['answered', 'unavailable']]);
  const nobody = await ask(t, requests);
  assert.deepEqual(requests.map((request) => nobody.find(request)?.kind), ['unavailable', 'unavailable']);
});

const fileAt = (path: string): RequestOf<'file-at'> => ({ kind: 'file-at', commit: 'c', path });

test('answer() tells what stands at a path of a commit, and what is no file', async (t) => {
  const namesAt: ObjectSource['namesAt'] = async (wanted) => wanted.map(({ path }) => (path === 'gone' ? null : { name: path, kind: path === 'link' ? 'link' : path === 'folder' ? 'tree' : path === 'module' ? 'commit' : 'blob' }));
  const requests = ['a', 'b', 'gone', 'link', 'folder', 'module', 'bad'].map(fileAt);
  const evidence = await ask(t, requests, { objects: { namesAt, blobs: objectsWithout(['bad']).blobs } });
  assert.deepEqual(requests.map((request) => evidence.find(request)).map((answer) => (answer?.kind === 'answered' ? answer.value.kind : answer?.kind)), ['bytes', 'bytes', 'no-file', 'no-file', 'no-file', 'no-file', 'unavailable']);
  assert.deepEqual(['gone', 'link', 'folder', 'module'].map((path) => evidence.find(fileAt(path))), [{}, { isLink: true }, { isFolder: true }, { isSubmodule: true }].map((what) => ({ kind: 'answered', value: { kind: 'no-file', ...what } })));
});

test('answer() asks for the protection of all commits in one go, and can not tell where nobody can', async (t) => {
  const range = { mergeBase: 'm', base: 'b', branch: 'main' };
  const requests = ['one', 'two', 'three'].map((commit): RequestOf<'commit-protected'> => ({ kind: 'commit-protected', commit, range }));
  const asked: unknown[] = [];
  const evidence = await ask(t, requests, { objects: { protectionOf: async (...words) => (asked.push(words), ['protected', 'unprotected']) } });
  assert.deepEqual(requests.map((request) => evidence.find(request)), [{ kind: 'answered', value: 'protected' }, { kind: 'answered', value: 'unprotected' }, { kind: 'unavailable', why: 'no answer came' }]);
  assert.deepEqual(asked, [[['one', 'two', 'three'], range]]);
  const lost = await ask(t, requests);
  assert.deepEqual(requests.map((request) => lost.find(request)?.kind), ['unavailable', 'unavailable', 'unavailable']);
});

test('answer() tells each check run by itself, and leaves them to the App where nobody asks GitHub', async (t) => {
  const requests = [7, 8].map((id): RequestOf<'check-run'> => ({ kind: 'check-run', id }));
  const checkRun = async (id: number) => (id === 7 ? await Promise.resolve({ kind: 'absent' } as const) : await Promise.reject(new Failure('GITHUB_UNAVAILABLE', 'down')));
  const evidence = await ask(t, requests, { objects: { checkRun } });
  assert.deepEqual(requests.map((request) => evidence.find(request)), [{ kind: 'answered', value: { kind: 'absent' } }, { kind: 'unavailable', why: 'down' }]);
  const local = await ask(t, requests);
  assert.deepEqual(requests.map((request) => local.find(request)), [{ kind: 'answered', value: { kind: 'left' } }, { kind: 'answered', value: { kind: 'left' } }]);
});

test('answer() fetches nothing where it was not given what does, and takes trouble of the fetcher for that', async (t) => {
  const request: RequestOf<'pinned-bundle'> = { kind: 'pinned-bundle', url: 'https://policies.example/a.tar.gz', digest: `sha256:${'0'.repeat(64)}` };
  assert.deepEqual((await ask(t, [request])).find(request), { kind: 'unavailable', why: 'nothing is fetched here' });
  const bundles = { fetch: async () => await Promise.reject(new Failure('STORE_UNAVAILABLE', 'no database')) };
  const answered = await createProber({ objects: { mergeBase: refuse, tree: refuse, blobs: refuse, namesAt: refuse, history: refuse }, releases: { releases: refuse, releasesAt: refuse, contractIds: refuse, schemaVersions: refuse, recordState: refuse }, validator: { validate: async () => [], prepare: () => {}, compare: async () => [], close: async () => {} }, bundles }).answer([request], new Evidence());
  assert.deepEqual(answered.find(request), { kind: 'unavailable', why: 'no database' });
});
