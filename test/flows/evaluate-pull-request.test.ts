import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { evaluatePullRequest } from '../../src/flows/evaluate-pull-request.ts';
import { recordPushJob } from '../../src/flows/job-requests.ts';
import { performEffects } from '../../src/flows/perform-effects.ts';
import { aContract, aGovernedWorld, aWorld, configuration } from './a-world.ts';

test('a pull request that changes nothing governed gets a green roll-up and no gate check', async () => {
  const world = aGovernedWorld();
  world.github.branch('readme', 'main');
  const head = world.github.commit('readme', { 'README.md': 'shop, better\n' });
  world.github.openPull(1, 'readme');
  await world.evaluate(1);
  assert.deepEqual(world.github.checks.map((one) => [one.name, one.head === head, one.state.status, one.state.conclusion]), [['plumbline', true, 'completed', 'success']]);
  assert.deepEqual(world.github.comments, []);
});

test('a pull request that mutates a released contract is refused at its line, with one comment', async () => {
  const world = aGovernedWorld();
  world.github.branch('mutate', 'main');
  const head = world.github.commit('mutate', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) });
  world.github.openPull(1, 'mutate');
  await world.evaluate(1);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  const gate = world.github.check('plumbline / contracts', head);
  assert.equal(gate?.state.conclusion, 'failure');
  assert.match(gate?.state.summary ?? '', /contract\/immutable_changed/);
  assert.equal(gate?.state.annotations[0]?.path, 'contracts/checkout.yaml');
  assert.equal(world.github.comments.length, 1);
});

test('the backfill runs first: the first verdict waits for it and the record then judges', async () => {
  const world = aGovernedWorld();
  world.github.branch('readme', 'main');
  world.github.commit('readme', { 'contracts/new.yaml': aContract({ contractId: 'new' }) });
  world.github.openPull(1, 'readme');
  await world.evaluate(1);
  assert.equal(world.github.check('plumbline', world.github.branches.get('readme') ?? '')?.state.conclusion, 'success');
  assert.ok((await world.auditEvents()).includes('release.adopted'));
});

test('an ungoverned repository gets no check run at all', async () => {
  const world = aWorld();
  world.github.commit('main', { 'README.md': 'x\n' });
  world.github.branch('a', 'main');
  world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.deepEqual(world.github.checks, []);
});

test('an ungoverned branch that requires our roll-up is refused with config/missing', async () => {
  const world = aWorld();
  world.github.commit('main', { 'README.md': 'x\n' });
  world.github.required.add('plumbline');
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /config\/missing/);
});

test('a first configuration is previewed, neutral, under a name of its own', async () => {
  const world = aWorld();
  world.github.commit('main', { 'README.md': 'x\n' });
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { '.github/plumbline.yml': configuration, 'contracts/a.yaml': aContract() });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.deepEqual(world.github.checks.map((one) => [one.name, one.state.conclusion]), [['plumbline / preview', 'neutral']]);
  assert.equal(world.github.check('plumbline', head), undefined);
});

test('a configuration that was seen and is gone from the base does not make the repository ungoverned', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  const base = world.github.commit('main', { '.github/plumbline.yml': null });
  world.github.branch('mutate', 'main');
  const head = world.github.commit('mutate', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) });
  world.github.openPull(2, 'mutate', { base });
  await world.evaluate(2);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /config\/base_invalid/);
});

test('attack: a directory in place of the configuration denies every change, and the change that mends it is held', async () => {
  const world = aWorld();
  world.github.commit('main', { '.github/plumbline.yml/x': '1\n', 'README.md': 'x\n' });
  world.github.branch('any', 'main');
  world.github.branch('mend', 'main');
  const any = world.github.commit('any', { 'README.md': 'y\n' });
  const mend = world.github.commit('mend', { '.github/plumbline.yml/x': null, '.github/plumbline.yml': configuration });
  world.github.openPull(1, 'any');
  world.github.openPull(2, 'mend');
  await world.evaluate(1);
  await world.evaluate(2);
  assert.deepEqual(world.failures, []);
  assert.match(world.github.check('plumbline', any)?.state.summary ?? '', /config\/base_invalid[\s\S]*it is a directory/);
  assert.deepEqual([any, mend].map((head) => world.github.check('plumbline', head)?.state.conclusion), ['failure', 'action_required']);
});

test('attack: a directory that once stood in place of the configuration blocks nothing after adoption', async () => {
  const world = aWorld();
  world.github.commit('main', { '.github/plumbline.yml/x': '1\n' });
  world.github.commit('main', { '.github/plumbline.yml/x': null, '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': aContract() });
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.deepEqual(world.failures, []);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'success');
});

test('a head that moves while it is judged cancels the old roll-up and decides nothing about it', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const old = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  world.github.before = (method) => {
    if (method !== 'mergeBase') return;
    world.github.before = null;
    world.github.openPull(1, 'a', { head: world.github.commit('a', { 'README.md': 'z\n' }) });
  };
  await world.evaluate(1);
  assert.equal(world.github.check('plumbline', old)?.state.conclusion, 'cancelled');
  assert.equal(await world.store.transaction((transaction) => transaction.decisionAbout(100, 'pull-request:1', old)), null);
});

test('attack: a lax decision that comes while the strict one is on its way does not stay the newest run', async () => {
  const world = aGovernedWorld();
  world.github.branch('mutate', 'main');
  const head = world.github.commit('mutate', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) });
  world.github.branch('release', 'main');
  world.github.commit('release', { '.github/plumbline.yml': `${configuration}rules: {"*": observe}\n` });
  world.github.commit('main', { '.github/plumbline.yml': configuration.replace('contracts:', 'branches: [{entry: main, names: [main, release]}]\ncontracts:') });
  await world.enqueue(recordPushJob(world.github.ref, 'refs/heads/main'), recordPushJob(world.github.ref, 'refs/heads/release'));
  await world.settle();
  world.github.openPull(1, 'mutate');
  world.github.openPull(2, 'mutate', { baseBranch: 'release' });
  const perform = { repository: world.github.ref, group: `head:${head}` };
  let isLaxJudged = false;
  const whileJudging: typeof world.ports.proberFor = (...given) => {
    const prober = world.ports.proberFor(...given);
    return { answer: async (requests, evidence) => (await judgeLaxOnce(), prober.answer(requests, evidence)) };
  };
  async function judgeLaxOnce(): Promise<void> {
    if (isLaxJudged) return;
    isLaxJudged = true;
    await performEffects(world.ports, perform);
    await evaluatePullRequest(world.ports, { repository: world.github.ref, number: 2 });
    await performEffects(world.ports, perform);
    assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure', 'the strict one has no decision yet');
  }
  await evaluatePullRequest({ ...world.ports, proberFor: whileJudging }, { repository: world.github.ref, number: 1 });
  await performEffects(world.ports, perform);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  assert.ok(world.github.checks.every((one) => one.head !== head || one.state.status === 'completed'));
});

test('a pull request that was closed or retargeted away while the server was down leaves no roll-up open', async () => {
  for (const after of [{ state: 'closed' }, { baseBranch: 'ungoverned' }] as const) {
    const world = aGovernedWorld();
    await world.enqueue(recordPushJob(world.github.ref, 'refs/heads/main'));
    await world.settle();
    world.github.branch('ungoverned', 'main');
    world.github.branch('a', 'main');
    const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0' }) });
    world.github.openPull(1, 'a');
    world.github.trouble.set('mergeBase', [new Failure('GITHUB_UNAVAILABLE', 'killed')]);
    await assert.rejects(evaluatePullRequest(world.ports, { repository: world.github.ref, number: 1 }), /killed/);
    await performEffects(world.ports, { repository: world.github.ref, group: `head:${head}` });
    assert.equal(world.github.check('plumbline', head)?.state.status, 'in_progress');
    world.github.openPull(1, 'a', after);
    await world.evaluate(1);
    assert.deepEqual(world.github.checks.map((one) => one.state.conclusion), ['cancelled']);
  }
});

test('GitHub out of reach while blobs are read makes the decision inconclusive, retried after a minute, never green', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0', previousContractRef: 'null' }) });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  world.github.branch('b', 'main');
  const other = world.github.commit('b', { 'contracts/b.yaml': aContract({ contractId: 'b' }) });
  world.github.openPull(2, 'b');
  world.github.trouble.set('blobs', [null, ...Array.from({ length: 9 }, () => new Failure('GITHUB_UNAVAILABLE', 'down'))]);
  await world.evaluate(2);
  const check = world.github.check('plumbline', other);
  assert.notEqual(check?.state.conclusion, 'success');
  world.github.trouble.clear();
  world.clock.advance(3_700_000);
  await world.settle();
  assert.equal(world.github.check('plumbline', other)?.state.conclusion, 'success');
  assert.notEqual(world.github.check('plumbline', head)?.state.conclusion, 'success');
});

test('every decision has its audit entry before a verdict is performed', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  const entries = await world.store.audit.entries(1, 0, 1_000);
  const told = entries.map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf))).map(({ event, outcome }: { event: string; outcome: string }) => `${event} ${outcome}`);
  const [decided, shown] = [told.indexOf('decision.made allow'), told.indexOf('effect.performed plumbline: success')];
  assert.ok(decided >= 0 && shown > decided, told.join('\n'));
});

test('a log that can not be written stops the decision: nothing is shown as judged', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.store.audit.block(1, 'a test blocks it');
  await world.evaluate(1);
  assert.notEqual(world.github.check('plumbline', head)?.state.conclusion, 'success');
  assert.equal(world.failures.some((failure) => failure.code === 'AUDIT_BLOCKED'), true);
});

test('a twin of a governed path that the change adds under an ungoverned one is refused', async () => {
  const world = aGovernedWorld();
  world.github.branch('twin', 'main');
  const head = world.github.commit('twin', { 'Contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) });
  world.github.openPull(1, 'twin');
  await world.evaluate(1);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /snapshot\/path_twin/);
});
