import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { concludeLateScans } from '../../../src/flows/scan/begin-scans.ts';
import { concludeBuried } from '../../../src/flows/conclude-buried.ts';
import { recordPush } from '../../../src/flows/record-push.ts';
import { listRepositories } from '../../../src/flows/scan/list-repositories.ts';
import { scanJob } from '../../../src/flows/job-requests.ts';
import type { LeasedJob } from '../../../src/flows/ports/job-queue.ts';
import { createDriftSources } from '../../../src/flows/remediation/drift-sources.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aScannedWorld, behavior, configuration, silent } from './a-scanned-world.ts';

test('a behaviour that is as agreed is kept as such, and the next scan is planned by the schedule of its configuration', async () => {
  const world = aScannedWorld();
  await world.scan();
  const [drift] = await world.drifts();
  assert.deepEqual([drift?.record.standing, drift?.record.last, world.remediated], ['pass', 'pass', []]);
  const plan = await world.plan();
  assert.equal(plan?.scanned?.behaviors, 1);
  const next = new Date(plan?.nextAt ?? '');
  const minutes = next.getUTCHours() * 60 + next.getUTCMinutes();
  assert.ok(minutes >= 3 * 60 + 17 && minutes < 3 * 60 + 27 && next > world.clock.now(), plan?.nextAt);
});

test('a drift is measured once more before it counts, is logged once, and looked at for a remediation when the scan has seen everything', async () => {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  const [drift] = await world.drifts();
  assert.deepEqual([drift?.record.standing, drift?.record.first, world.remediated], ['drift', null, ['checkout-quality']]);
  assert.deepEqual((await world.auditEvents()).filter((event) => event !== 'config.seen'), ['drift.detected', 'scan.concluded']);
  assert.match(drift?.scanned.why ?? '', /readiness/);
});

test('a drift that a second measurement does not confirm is none', async () => {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 }, { readiness: 0.847 });
  await world.scan();
  const [drift] = await world.drifts();
  assert.deepEqual([drift?.record.standing, drift?.record.last, world.remediated], [null, 'pass', []]);
});

test('a drift that is over is told with how long it took, and its remediations are looked at', async () => {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  world.answers.push({ readiness: 0.847 });
  await world.scan();
  const [drift] = await world.drifts();
  const runs = await world.store.transaction((transaction) => transaction.driftRuns(world.github.ref.account.id, 10));
  assert.deepEqual([drift?.record.standing, runs.length, world.remediated], ['pass', 1, ['checkout-quality', 'checkout-quality']]);
  assert.equal((await world.auditEvents()).filter((event) => event === 'drift.cleared').length, 1);
});

for (const [target, alerts] of [['2m', 1], ['30d', 0]] as const) {
  test(`a repair of a day is ${alerts === 1 ? 'an alert in both logs' : 'no alert'} where its target is ${target}`, async () => {
    const world = aScannedWorld({ '.github/plumbline.yml': configuration.replace('drift: {', `drift: {repairTarget: ${target}, `) });
    world.answers.push({ readiness: 0.5 });
    await world.scan();
    world.answers.push({ readiness: 0.847 });
    await world.scan();
    const told = world.log.lines.filter(({ message }) => message === 'repairs take longer than their target').length;
    assert.deepEqual([(await world.auditEvents()).filter((event) => event === 'remediation.slow').length, told], [alerts, alerts]);
  });
}

for (const [title, answer] of Object.entries({ 'that breaks': silent, 'with NaN for a number': { readiness: 'NaN' }, 'with nothing': {}, 'with a list': [] })) {
  test(`a source ${title} neither clears a drift nor makes one`, async () => {
    const world = aScannedWorld();
    world.answers.push({ readiness: 0.5 });
    await world.scan();
    world.answers.push(answer);
    await world.scan();
    const [drift] = await world.drifts();
    assert.deepEqual([drift?.record.standing, drift?.record.last === 'pass' || drift?.record.last === 'drift', drift?.record.first], ['drift', false, null]);
  });
}

test('a behaviour file that is broken measures nothing: what was known of it stays, and it is logged', async () => {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  world.github.commit('main', { 'behaviors/checkout.yaml': 'kind: Behavior\n' });
  await world.scan();
  const [drift] = await world.drifts();
  assert.deepEqual([drift?.record.standing, world.log.lines.some(({ message }) => message === 'behaviour not scanned')], ['drift', true]);
});

test('a behaviour that is gone is forgotten', async () => {
  const world = aScannedWorld();
  await world.scan();
  world.github.commit('main', { 'behaviors/checkout.yaml': null });
  await world.scan();
  assert.deepEqual(await world.drifts(), []);
});

test('a repository without behaviours is scanned, and has none', async () => {
  const world = aScannedWorld();
  world.github.commit('main', { '.github/plumbline.yml': 'version: 1\n' });
  await world.scan();
  assert.deepEqual([await world.drifts(), (await world.plan())?.scanned?.behaviors], [[], 0]);
});

test('a scan whose repository can not be read is concluded when its job is buried, and says so', async () => {
  const world = aScannedWorld();
  world.github.trouble.set('branchTip', Array.from({ length: 50 }, () => new Failure('GITHUB_UNAVAILABLE', 'status 502')));
  await world.scan();
  assert.deepEqual(await world.drifts(), []);
  const job: LeasedJob = { key: `scan:${world.github.ref.id}`, kind: 'scan', payload: {}, generation: 1, attempt: 9, lostRuns: 0, token: 't' };
  await concludeBuried(world.ports, job, world.github.ref, new Failure('GITHUB_UNAVAILABLE', 'status 502'));
  await world.settle();
  assert.deepEqual((await world.auditEvents()).slice(-2), ['job.buried', 'scan.concluded']);
});

test('a scan that waits too long for a repository is concluded without it', async () => {
  const world = aScannedWorld();
  world.github.trouble.set('branchTip', Array.from({ length: 50 }, () => new Failure('GITHUB_UNAVAILABLE', 'status 502')));
  await world.scan();
  world.pass(7 * 3_600_000);
  await concludeLateScans(world.ports);
  assert.ok(world.log.lines.some(({ message }) => message === 'scan concluded without some of its repositories'));
});

test('a default branch that was renamed is scanned by its new name, also before repositories are listed again', async () => {
  const world = aScannedWorld();
  await world.scan();
  world.github.branch('trunk', 'main');
  world.github.branches.delete('main');
  world.github.defaultBranch = 'trunk';
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  await world.settle();
  assert.deepEqual([(await world.plan())?.branch, (await world.plan())?.failedSince, (await world.drifts()).length], ['trunk', null, 1]);
});

test('what was measured of a branch that is not the default one any more by the time that it is kept does not count: the other one is scanned', async () => {
  const world = aScannedWorld();
  await world.scan();
  world.github.commit('trunk', { '.github/plumbline.yml': configuration, 'behaviors/other.yaml': behavior.replace('checkout-quality', 'other') });
  world.whileMeasuring(async () => await world.store.transaction(async (transaction) => {
    const plan = await transaction.scanPlan(world.github.ref.id);
    if (plan !== null) await transaction.saveScanPlan({ ...plan, branch: 'trunk' });
  }));
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  await world.settle();
  assert.deepEqual([(await world.drifts()).map(({ record }) => record.behavior), (await world.plan())?.branch], [['other'], 'trunk']);
});

test('a repository whose default branch became another one is due soon, whenever the old one would have been', async () => {
  const world = aScannedWorld({ '.github/plumbline.yml': configuration.replace('17 3 * * *', '0 0 1 1 *') });
  await world.scan();
  const github = { ...world.ports.github, async *repositories() { yield { repository: world.github.ref, defaultBranch: 'trunk', isArchived: false }; } };
  await listRepositories({ ...world.ports, github }, new AbortController().signal);
  const plan = await world.plan();
  assert.ok(Date.parse(plan?.nextAt ?? '') - world.clock.now().getTime() < 600_000, plan?.nextAt);
});

/** A repository whose scans are asked for one by one, and that is confirmed after ten minutes. */
async function anAskedWorld() {
  const world = aScannedWorld({ '.github/plumbline.yml': configuration.replace('schedule', 'confirmAfter: 10m, schedule') });
  await world.scan();
  return { ...world, record: async () => (await world.drifts())[0]?.record };
}

test('attack: scans that are asked for one right after the other confirm nothing, and put nothing forward: it is measured again once the time to confirm is over', async () => {
  const world = await anAskedWorld();
  world.answers.push({ readiness: 0.5 });
  for (const seconds of [0, 3, 300, 290]) {
    world.pass(seconds * 1_000);
    await world.ask();
  }
  assert.deepEqual([(await world.record())?.standing, world.remediated], ['pass', []]);
  world.pass(7_000);
  await world.settle();
  assert.equal((await world.record())?.standing, 'drift');
});

test('attack: right after a merge of another agreement one measurement neither opens the new drift nor takes the old one back', async () => {
  const world = await anAskedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  world.github.commit('main', { 'behaviors/checkout.yaml': behavior.replace('0.847', '0.9') });
  await world.ask();
  const { agreed, since } = (await world.record())?.drifting ?? {};
  assert.deepEqual([(await world.record())?.standing, (await world.record())?.first?.outcome, (await world.drifts())[0]?.scanned.agreed === agreed], ['drift', 'drift', false]);
  world.pass(600_000);
  await world.settle();
  assert.notEqual((await world.record())?.drifting?.since, since);
  assert.deepEqual((await world.auditEvents()).filter((event) => event.startsWith('drift.')), ['drift.detected', 'drift.changed']);
});

test('attack: a blip of the source right after a merge does not close what is open', async () => {
  const world = await anAskedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  world.answers.push({ readiness: 0.847 }, { readiness: 0.847 }, { readiness: 0.5 });
  await world.ask();
  await world.ask();
  world.pass(600_000);
  await world.settle();
  assert.deepEqual([(await world.record())?.standing, (await world.record())?.first, (await world.auditEvents()).includes('drift.cleared')], ['drift', null, false]);
});

test('a schedule counts from when it is on the default branch, though the one before would come much later', async () => {
  const world = aScannedWorld({ '.github/plumbline.yml': configuration.replace('17 3 * * *', '0 0 1 1 *') });
  await world.scan();
  assert.match((await world.plan())?.due?.at ?? '', /^2027-01-01T00:0/);
  world.github.commit('main', { '.github/plumbline.yml': configuration });
  await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
  assert.match((await world.plan())?.nextAt ?? '', /^2026-11-2\dT03:[12]/);
});

test('a schedule whose push was lost is read within a day, without a measurement', async () => {
  const world = aScannedWorld({ '.github/plumbline.yml': configuration.replace('17 3 * * *', '0 0 1 1 *') });
  await world.scan();
  const before = (await world.drifts())[0]?.record.measuredAt;
  world.github.commit('main', { '.github/plumbline.yml': configuration });
  await world.scan();
  const plan = await world.plan();
  assert.deepEqual([(await world.drifts())[0]?.record.measuredAt, plan?.due?.schedule, plan?.nextAt], [before, '17 3 * * *', plan?.due?.at]);
  await world.scan();
  assert.notEqual((await world.drifts())[0]?.record.measuredAt, before);
});

test('a push at the time of the scan does not put it off', async () => {
  const world = aScannedWorld();
  await world.scan();
  const plan = await world.plan();
  world.pass(Date.parse(plan?.nextAt ?? '') - world.clock.now().getTime());
  await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
  assert.deepEqual((await world.plan())?.nextAt, plan?.nextAt);
});

test('a repository whose default branch is gone is not scanned: whoever waits is told so, and what was known stays', async () => {
  const world = aScannedWorld();
  await world.scan();
  world.github.branches.delete('main');
  const asked = { repository: world.github.ref, pullRequest: 1, comment: 1, login: 'dev' };
  await world.store.transaction((transaction) => transaction.beginScan({ id: 's', accountId: world.github.ref.account.id, begunAt: world.clock.now().toISOString(), trigger: 'command', asked }, [world.github.ref.id]));
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  await world.settle();
  assert.deepEqual([[...(await world.store.transaction((transaction) => transaction.scanOutcomes('s'))).values()], (await world.plan())?.failedSince, (await world.drifts()).length], [['failed'], world.clock.now().toISOString(), 1]);
});

const observing = { 'behaviors/checkout.yaml': behavior.replace('owner:', 'strict: false\nfixture: behaviors/fixture.json\nowner:'), 'behaviors/fixture.json': '{"readiness": 0.847}' };

test('attack: a fixture is no measurement: it neither ends a drift, nor is that told as a repair, nor is anything looked at', async () => {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  world.github.commit('main', observing);
  world.answers.push(silent);
  const before = world.remediated.length;
  await world.scan();
  const [drift] = await world.drifts();
  const runs = await world.store.transaction((transaction) => transaction.driftRuns(world.github.ref.account.id, 10));
  assert.deepEqual([drift?.record.standing, drift?.record.last, drift?.scanned.decides, drift?.scanned.metrics, runs, world.remediated.length], ['drift', 'error', false, [], [], before]);
  assert.equal((await world.auditEvents()).includes('drift.cleared'), false);
});

test('a fixture that drifts makes no drift', async () => {
  const world = aScannedWorld({ ...observing, 'behaviors/fixture.json': '{"readiness": 0.1}' });
  world.answers.push(silent);
  await world.scan();
  const [drift] = await world.drifts();
  assert.deepEqual([drift?.record.standing, drift?.record.last, drift?.scanned.drift], [null, 'error', null]);
});

/** The organisation's own repository. */
const organization = (text: string) => ({ repository: { account: { id: 1, login: 'acme', kind: 'organization' as const }, installationId: 11, id: 5, owner: 'acme', name: '.github' }, commit: 'd'.repeat(40), bytes: new TextEncoder().encode(text) });
const unreadable = () => Array.from({ length: 50 }, () => new Failure('SNAPSHOT_UNREADABLE', 'too large'));

test('attack: while the configuration of the organisation can not be read, nothing is measured by what is left of it, and nothing that is known is forgotten', async () => {
  const world = aScannedWorld({ '.github/plumbline.yml': 'version: 1\n' });
  world.github.organization = organization('version: 1\ndrift: {behaviors: ["behaviors/*.yaml"], strict: true, remediation: report}\n');
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  const before = await world.drifts();
  world.github.trouble.set('organizationConfiguration', unreadable());
  await world.scan();
  assert.deepEqual([before.map(({ record }) => record.standing), await world.drifts()], [['drift'], before]);
  assert.deepEqual([...new Set(world.failures.map(({ code }) => code))], ['SNAPSHOT_UNREADABLE']);
});

test('attack: a repository that says strict: false and auto is neither judged nor remediated by that while the organisation, which says otherwise, can not be read', async () => {
  const world = aScannedWorld({ ...observing, '.github/plumbline.yml': configuration.replace('schedule', 'strict: false, remediation: auto, schedule') });
  world.github.organization = organization('version: 1\ndrift: {strict: true, remediation: report}\n');
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  const driftNow = () => createDriftSources(world.ports).driftNow(world.github.ref, 'checkout-quality');
  assert.deepEqual([(await world.drifts())[0]?.scanned.decides, (await driftNow())?.mode], [true, 'report']);
  world.github.trouble.set('organizationConfiguration', unreadable());
  await assert.rejects(driftNow(), isFailure('SNAPSHOT_UNREADABLE'));
});

test('an account that uninstalled the App is scanned no more, and nothing of it is kept; where not all could be listed everything is', async () => {
  const world = aScannedWorld();
  await world.scan();
  const listed = async (list: () => AsyncGenerator<never>) => {
    await listRepositories({ ...world.ports, github: { ...world.ports.github, repositories: list } }, new AbortController().signal).catch(() => {});
    return [(await world.plan())?.branch, (await world.drifts()).length];
  };
  assert.deepEqual(await listed(async function* () { yield* []; throw new Failure('GITHUB_UNAVAILABLE', 'status 502'); }), ['main', 1]);
  assert.deepEqual(await listed(async function* () {}), [undefined, 0]);
});

test('what trouble of our own keeps from being measured is tried again, and no word about the system: neither is what stands lost, nor what was measured once', async () => {
  const world = await anAskedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.ask();
  const before = await world.record();
  world.answers.push(new Failure('GITHUB_RATE_LIMITED', 'slow down'), { readiness: 0.5 });
  world.pass(600_000);
  await world.settle();
  assert.deepEqual([await world.record(), world.failures.map(({ code }) => code)], [before, ['PROBE_FAILED']]);
  world.pass(3_600_000);
  await world.settle();
  assert.equal((await world.record())?.standing, 'drift');
});

test('trouble that does not pass is told as no answer in the end, and what else there is is measured meanwhile', async () => {
  const world = aScannedWorld({ 'behaviors/other.yaml': behavior.replace('checkout-quality', 'other') });
  await world.scan();
  world.answers.push(...Array.from({ length: 20 }, () => new Failure('GITHUB_UNAVAILABLE', 'status 502')));
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  for (let hour = 0; hour < 4; hour += 1) {
    await world.settle();
    world.pass(3_600_000);
  }
  assert.deepEqual([(await world.drifts()).map(({ record }) => [record.standing, record.last]), world.failures.length], [[['pass', 'error'], ['pass', 'error']], 3]);
});

test('a run that lost its lease while it measured keeps nothing', async () => {
  const world = await anAskedWorld();
  const before = await world.record();
  world.answers.push({ readiness: 0.5 });
  world.whileMeasuring(async () => {
    world.pass(70_000);
    await world.store.queue.lease({ owner: 'another', now: world.clock.now(), until: new Date(world.clock.now().getTime() + 600_000), limit: 9 });
  });
  await world.ask().catch(() => {});
  assert.deepEqual([await world.record(), world.failures.map(({ code }) => code)], [before, ['LEASE_LOST']]);
});

test('attack: a large answer that a hundred metrics point at is not kept a hundred times', async () => {
  const metrics = Array.from({ length: 100 }, (_, index) => `  - {name: m${index}, pointer: /, baseline: {x: 1}}`).join('\n');
  const world = aScannedWorld({ 'behaviors/checkout.yaml': behavior.replace(/ {2}- .*/, metrics) });
  world.answers.push({ pad: 'x'.repeat(100_000) });
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  await world.settle();
  const [drift] = await world.drifts();
  assert.deepEqual([drift?.record.last, drift?.scanned.drift?.differences.length], ['drift', 100]);
  assert.ok(JSON.stringify(drift).length < 300_000, `${JSON.stringify(drift).length}`);
});
