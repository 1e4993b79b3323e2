import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { aWorld } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const configured = ['version: 1', 'governance:', '  requests: {paths: ["requests/**/*.yaml"], tiers: {service.restart: 2}}', '  whitelist: [{action: "request.*", actors: ["user:mona"], until: 2099-01-01, owner: "user:mona", reason: "operates it"}]', ''].join('\n');

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
async function merged(world: World, files: Readonly<Record<string, string | null>>, added: Readonly<Record<string, string>> = {}): Promise<void> {
  const { github, store } = world;
  github.branch('a', 'main');
  const head = github.commit('a', files);
  github.openPull(1, 'a');
  github.people.set(1, [{ sha: head, people: [{ login: 'mona', id: 13 }] }]);
  await store.transaction((transaction) => transaction.recordArrival({ repositoryId: github.ref.id, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'opened', at: '2026-11-20T11:00:00Z' }));
  await world.evaluate(1);
  rebase(world, 1, { state: 'merged' });
  github.arrivals.set(github.commit('main', { ...files, ...added }), [1]);
  await pushed(world);
}

/** Subject, outcome, payload and who asked, of each request that the log has. */
async function granted(world: World): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const entries = await world.store.audit.entries(1, 0, 10_000);
  return entries.flatMap(({ leaf, openings }) => {
    const entry = JSON.parse(new TextDecoder().decode(leaf));
    const open = (member: string): string => new TextDecoder().decode(openings.find(({ digest }) => digest === entry[member]?.digest)?.bytes);
    return entry.event === 'request.granted' ? [{ subject: entry.subject, outcome: entry.outcome, after: entry.after, actor: open('actor'), ...JSON.parse(open('payload')) }] : [];
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
    await merged(world, { [path]: aRequest() }, { [path]: aRequest({ target: 'everything' }) });
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
