import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { aWorld } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const forever = 'actors: ["user:mona"], until: 2099-01-01, owner: "user:mona"';
const configured = [
  'version: 1',
  'governance:',
  '  requests: {paths: ["requests/**/*.yaml"], tiers: {service.restart: 2}}',
  `  whitelist: [{action: "request.*", ${forever}, reason: "operates it"}, {action: "waiver.*", ${forever}, reason: "mends it"}]`,
  '  approvals: {reviews: true, tier3: {count: 1, from: ["user:ann"]}}',
  'waivers: ["waivers*.json"]',
  '',
].join('\n');

function aRequest(overrides: Readonly<Record<string, string>> = {}): string {
  const members = { kind: 'ActionRequest', action: 'service.restart', target: 'checkout', rationale: 'it leaks', expires: '2027-01-01', ...overrides };
  return Object.entries(members).map(([name, value]) => `${name}: ${value}\n`).join('');
}

const path = 'requests/restart.yaml';

/** A recorded repository in which requests are governed. */
async function aRequestedWorld(files: Readonly<Record<string, string>> = {}) {
  const world = aWorld({}, requiredGates);
  world.github.commit('main', { '.github/plumbline.yml': configured, 'README.md': 'shop\n', ...files });
  await pushed(world);
  return world;
}

/** Pull request 1 of mona with these files, judged, and merged as one commit with what is `added` beside it. */
async function merged(world: World, files: Readonly<Record<string, string | null>>, { added = {}, isApproved = false }: { readonly added?: Readonly<Record<string, string>>; readonly isApproved?: boolean } = {}): Promise<void> {
  const { github, store } = world;
  github.branch('a', 'main');
  const head = github.commit('a', files);
  github.openPull(1, 'a');
  github.people.set(1, [{ sha: head, people: [{ login: 'mona', id: 13 }] }]);
  await store.transaction((transaction) => transaction.recordArrival({ repositoryId: github.ref.id, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'opened', at: '2026-11-20T11:00:00Z' }));
  if (isApproved) github.reviews.set(1, [{ person: { login: 'ann', id: 31, kind: 'human' }, commit: head, association: 'MEMBER', at: '2026-11-20T12:00:00Z' }]);
  await world.evaluate(1);
  rebase(world, 1, { state: 'merged' });
  github.broughtBy.set(github.commit('main', { ...files, ...added }), [1]);
  await pushed(world);
}

/** Subject, outcome, payload and who asked, of each request or waiver that the log has. */
async function granted(world: World, event = 'request.granted'): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const entries = await world.store.audit.entries(1, 0, 10_000);
  return entries.flatMap(({ leaf, openings }) => {
    const entry = JSON.parse(new TextDecoder().decode(leaf));
    const open = (member: string): string => new TextDecoder().decode(openings.find(({ digest }) => digest === entry[member]?.digest)?.bytes);
    return entry.event === event ? [{ subject: entry.subject, outcome: entry.outcome, after: entry.after, actor: open('actor'), ...JSON.parse(open('payload')) }] : [];
  });
}

const outcomes = async (world: World) => (await granted(world)).map(({ subject, outcome, path: at, target }) => [subject, outcome, at, target]);

describe('a request that is merged', () => {
  it('is an entry with its digest, what is asked for until when, who asked, and the decision that allowed it', async () => {
    const world = await aRequestedWorld();
    await merged(world, { [path]: aRequest() });
    const decision = await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
    const [entry, ...others] = await granted(world);
    const { after, ...told } = entry ?? {};
    assert.match(String(after), /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual([told, others], [{
      subject: 'pull-request:1', outcome: 'allowed', actor: 'user:mona', action: 'service.restart', target: 'checkout', rationale: 'it leaks', playbook: null,
      expires: '2027-01-01T00:00:00.000Z', path, sha: world.github.branches.get('main'), askedBy: ['mona'], decision: decision?.id,
    }, []]);
  });

  it('is told as bypassed where no decision allowed it, with whoever was known to have asked', async () => {
    const world = await aRequestedWorld();
    await merged(world, { [path]: aRequest({ action: 'publish' }) });
    assert.deepEqual((await granted(world)).map(({ outcome, actor, decision }) => [outcome, actor, decision]), [['governance/bypassed', 'user:mona', null]]);
  });

  it('is told as bypassed where the merge has another request than was judged, or it was pushed', async () => {
    const world = await aRequestedWorld();
    await merged(world, { [path]: aRequest() }, { added: { [path]: aRequest({ target: 'everything' }) } });
    world.github.commit('main', { 'requests/own.yaml': aRequest({ target: 'own' }) });
    await pushed(world);
    assert.deepEqual(await outcomes(world), [['pull-request:1', 'governance/bypassed', path, 'everything'], ['push', 'governance/bypassed', 'requests/own.yaml', 'own']]);
  });

  it('is told once: not again by a later push, a move, or another way to write it', async () => {
    const world = await aRequestedWorld();
    await merged(world, { [path]: aRequest() });
    for (const files of [{ 'README.md': 'x\n' }, { [path]: `# why\n${aRequest()}` }, { [path]: null, 'requests/moved.yaml': `# why\n${aRequest()}` }]) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.equal((await granted(world)).length, 1);
  });

  it('is told once where the organisation asked for it, and the repository gets its first configuration', async () => {
    const world = aWorld({}, requiredGates);
    const text = 'version: 1\ngovernance: {requests: {paths: ["requests/**/*.yaml"]}}\n';
    world.github.organization = { repository: { ...world.github.ref, id: 1, name: '.github' }, commit: world.github.commit('organization', { 'plumbline.yml': text }), bytes: new TextEncoder().encode(text) };
    for (const files of [{ 'README.md': 'x\n' }, { [path]: aRequest() }, { '.github/plumbline.yml': 'version: 1\n' }, { '.github/plumbline.yml': null }, { '.github/plumbline.yml': 'version: 1\n' }]) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.deepEqual(await outcomes(world), [['push', 'governance/bypassed', path, 'checkout']]);
  });

  it('is told once, and with what comes meanwhile, where the configuration is not valid for a while', async () => {
    const world = await aRequestedWorld();
    for (const files of [{ [path]: aRequest() }, { '.github/plumbline.yml': 'version: [\n', 'requests/b.yaml': aRequest({ target: 'b' }) }, { 'requests/c.yaml': aRequest({ target: 'c' }) }, { '.github/plumbline.yml': `${configured}# mended\n` }]) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.deepEqual((await granted(world)).map(({ target }) => target), ['checkout', 'b', 'c']);
  });

  it('is told where it comes with the end of the configuration, which judges on: attack', async () => {
    const world = await aRequestedWorld();
    for (const files of [{ '.github/plumbline.yml': null, [path]: aRequest() }, { 'requests/b.yaml': aRequest({ target: 'b' }) }]) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.deepEqual((await granted(world)).map(({ target }) => target), ['checkout', 'b']);
  });

  it('is told once where the mended configuration comes to name it: attack', async () => {
    const world = await aRequestedWorld({ 'kept/a.yaml': aRequest() });
    for (const files of [{ '.github/plumbline.yml': 'version: [\n' }, { '.github/plumbline.yml': configured.replace('requests/**', 'kept/**') }]) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.deepEqual(await outcomes(world), [['push', 'governance/bypassed', 'kept/a.yaml', 'checkout']]);
  });

  it('is told again in another form', async () => {
    const world = await aRequestedWorld({ [path]: aRequest() });
    world.github.commit('main', { [path]: aRequest({ expires: '2027-02-01' }) });
    await pushed(world);
    assert.deepEqual((await granted(world)).map(({ expires }) => expires), ['2027-02-01T00:00:00.000Z']);
  });

  it('is told with the branch it came to, of commits that are too many to describe too', async () => {
    const world = await aRequestedWorld();
    world.github.commit('main', { [path]: aRequest() });
    for (let count = 0; count < 501; count += 1) world.github.commit('main', { 'README.md': `${count}\n` });
    await pushed(world);
    assert.deepEqual(await outcomes(world), [['push', 'governance/bypassed', path, 'checkout']]);
  });
});

describe('nothing is granted', () => {
  it('by what stood there when the branch was first recorded', async () => {
    assert.deepEqual(await granted(await aRequestedWorld({ [path]: aRequest() })), []);
  });

  it('by a file that is no request, one elsewhere, or one that is withdrawn', async () => {
    const world = await aRequestedWorld({ 'requests/old.yaml': aRequest() });
    world.github.commit('main', { [path]: aRequest({ expires: 'never' }), 'requests/broken.yaml': '{', 'docs/request.yaml': aRequest(), 'requests/old.yaml': null });
    await pushed(world);
    assert.deepEqual(await granted(world), []);
  });
});

const file = 'waivers.json';

function aWaiver(overrides: Readonly<Record<string, string>> = {}) {
  return { code: 'contract/schema_invalid', fingerprint: 'a'.repeat(16), path: 'contracts/a.yaml', owner: 'team:a', reason: 'mended with v3', grantedBy: 'mona', until: '2027-01-01', ...overrides };
}

function waiversOf(...waivers: readonly object[]): string {
  return JSON.stringify({ version: 1, waivers });
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((digit) => ({ fingerprint: digit.repeat(16) }));

/** Subject, outcome, and of what until when. */
const told = async (world: World) => (await granted(world, 'waiver.granted')).map(({ subject, outcome, fingerprint, until }) => [subject, outcome, `${String(fingerprint).charAt(0)} ${String(until).slice(0, 10)}`]);

describe('a waiver that is merged', () => {
  it('is an entry with what it silences until when, who answers for it, who asked, and the decision that allowed it', async () => {
    const world = await aRequestedWorld();
    await merged(world, { [file]: waiversOf(aWaiver()) }, { isApproved: true });
    const decision = await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
    const [entry, ...others] = await granted(world, 'waiver.granted');
    const { after, ...rest } = entry ?? {};
    assert.match(String(after), /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual([rest, others], [{
      subject: 'pull-request:1', outcome: 'allowed', actor: 'user:mona', ...aWaiver(), contract: null, until: '2027-01-01T00:00:00.000Z',
      file, sha: world.github.branches.get('main'), askedBy: ['mona'], decision: decision?.id,
    }, []]);
  });

  it('names the contract that it is about, so that it belongs into a bundle of that', async () => {
    const world = await aRequestedWorld();
    world.github.commit('main', { [file]: waiversOf(aWaiver({ ...a, contract: 'checkout' })) });
    await pushed(world);
    const { account: { id } } = world.github.ref;
    assert.equal((await world.store.auditIndex.about(id, ['contract:checkout'], 10)).length, 1);
  });

  it('is told as bypassed where no decision allowed it, or it was pushed', async () => {
    const world = await aRequestedWorld();
    await merged(world, { [file]: waiversOf(aWaiver(a)) });
    world.github.commit('main', { 'waivers-b.json': waiversOf(aWaiver(b)) });
    await pushed(world);
    assert.deepEqual(await told(world), [['pull-request:1', 'governance/bypassed', 'a 2027-01-01'], ['push', 'governance/bypassed', 'b 2027-01-01']]);
  });

  it('is told again where it lasts longer or says something else, and of its file only what is new', async () => {
    const world = await aRequestedWorld({ [file]: waiversOf(aWaiver(a), aWaiver(c)) });
    const later = { until: '2027-01-02' };
    for (const entries of [[{ ...a, ...later }, c], [{ ...a, ...later, reason: 'with v4' }, c], [{ ...a, ...later, reason: 'with v4' }, d]]) {
      world.github.commit('main', { [file]: waiversOf(...entries.map((entry) => aWaiver(entry))) });
      await pushed(world);
    }
    assert.deepEqual((await told(world)).map(([, , what]) => what), ['a 2027-01-02', 'a 2027-01-02', 'd 2027-01-01']);
  });

  it('is told where it stood there before, and the configuration comes to name it', async () => {
    const world = await aRequestedWorld({ 'kept.json': waiversOf(aWaiver(a)), [file]: waiversOf(aWaiver(b)) });
    const naming = (globs: string): Readonly<Record<string, string>> => ({ '.github/plumbline.yml': configured.replace('waivers: ["waivers*.json"]', `waivers: [${globs}]`) });
    for (const files of [naming('"waivers*.json", "kept.json"'), { 'README.md': 'x\n' }, naming('"*.json"'), naming('"waivers*.json"'), naming('"kept.json"')]) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.deepEqual(await told(world), [['push', 'governance/bypassed', 'a 2027-01-01'], ['push', 'governance/bypassed', 'a 2027-01-01']]);
  });

  it('is told with the change that names its file, not with the one that brought it', async () => {
    const world = await aRequestedWorld();
    world.github.commit('main', { 'kept.json': waiversOf(aWaiver(a)) });
    await pushed(world);
    await merged(world, { '.github/plumbline.yml': configured.replace('"waivers*.json"', '"kept.json"') });
    assert.deepEqual(await told(world), [['pull-request:1', 'governance/bypassed', 'a 2027-01-01']]);
  });

  it('is told where the first configuration comes after it', async () => {
    const world = aWorld({}, requiredGates);
    world.github.organization = { repository: { ...world.github.ref, id: 1, name: '.github' }, commit: world.github.commit('organization', { 'plumbline.yml': 'version: 1\n' }), bytes: new TextEncoder().encode('version: 1\n') };
    world.github.commit('main', { [file]: waiversOf(aWaiver(a)) });
    await pushed(world);
    world.github.commit('main', { '.github/plumbline.yml': configured });
    await pushed(world);
    assert.deepEqual(await told(world), [['push', 'governance/bypassed', 'a 2027-01-01']]);
  });

  it('is told once on a branch that another one configures', async () => {
    const world = await aRequestedWorld();
    world.github.commit('main', { '.github/plumbline.yml': `${configured}branches: [{entry: main, names: [main]}, {entry: release, names: ["release/*"]}]\n` });
    world.github.commit('release/1', { 'README.md': 'shop\n' }, []);
    for (const files of [{}, { [file]: waiversOf(aWaiver(a)) }, { 'README.md': 'x\n' }]) {
      world.github.commit('release/1', files);
      await pushed(world, 'release/1');
    }
    assert.deepEqual(await told(world), [['push', 'governance/bypassed', 'a 2027-01-01']]);
  });

  it('is not told where it stood before, ends sooner, moves, goes, or its file is not valid', async () => {
    const world = await aRequestedWorld({ [file]: waiversOf(aWaiver()) });
    const sooner = waiversOf(aWaiver({ until: '2026-12-01' }));
    const steps: readonly Readonly<Record<string, string | null>>[] = [
      { [file]: `${waiversOf(aWaiver())}\n` },
      { [file]: sooner },
      { [file]: null, 'waivers-b.json': `${sooner}\n` },
      { 'waivers-b.json': waiversOf() },
      { [file]: waiversOf(aWaiver(), aWaiver({ until: 'never' })), 'docs/waivers.json': waiversOf(aWaiver()) },
    ];
    for (const files of steps) {
      world.github.commit('main', files);
      await pushed(world);
    }
    assert.deepEqual(await told(world), []);
  });
});

describe('a waiver of the organisation', () => {
  const naming = (...globs: readonly string[]) => ({ 'plumbline.yml': `version: 1\nwaivers: ${JSON.stringify(globs)}\n` });

  /** The organisation's repository, pushed to once for each of these. */
  async function atRoot(...pushes: readonly Readonly<Record<string, string | null>>[]): Promise<World> {
    const world = aWorld({ name: '.github' }, requiredGates);
    for (const files of pushes) {
      const commit = world.github.commit('main', files);
      const [found] = await world.github.repository.namesAt([{ commit, path: 'plumbline.yml' }]);
      const content = (await world.github.repository.blobs([{ blob: found?.name ?? '', size: null }])).get(found?.name ?? '');
      world.github.organization = { repository: world.github.ref, commit, bytes: content?.kind === 'bytes' ? content.bytes : null };
      await pushed(world);
    }
    return world;
  }

  it('is told in its repository, with how far it reaches', async () => {
    const [entry] = await granted(await atRoot(naming('w/*.json'), { 'w/a.json': waiversOf(aWaiver(a)) }), 'waiver.granted');
    assert.deepEqual([entry?.['reach'], entry?.['file'], entry?.['outcome']], ['organization', 'w/a.json', 'governance/bypassed']);
  });

  it('is told where the configuration comes to name its file', async () => {
    assert.deepEqual(await told(await atRoot({ ...naming('w/*.json'), 'kept/a.json': waiversOf(aWaiver(a)) }, naming('w/*.json', 'kept/*.json'))), [['push', 'governance/bypassed', 'a 2027-01-01']]);
  });

  it('is told where it waived for that repository alone before: attack', async () => {
    const own = { '.github/plumbline.yml': 'version: 1\nwaivers: [own.json]\n', 'own.json': waiversOf(aWaiver(a)), 'w/a.json': waiversOf() };
    const world = await atRoot({ ...naming('w/*.json'), ...own }, { 'own.json': waiversOf(), 'w/a.json': waiversOf(aWaiver(a)) });
    assert.deepEqual((await granted(world, 'waiver.granted')).map(({ reach, file: at }) => [reach, at]), [['organization', 'w/a.json']]);
  });
});
