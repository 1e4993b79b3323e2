import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { Scan } from '../../../src/domain/scan/scan.ts';
import { concludeBuried } from '../../../src/flows/conclude-buried.ts';
import { scanJob } from '../../../src/flows/job-requests.ts';
import { recordClose } from '../../../src/flows/record-close.ts';
import { concludeLateScans } from '../../../src/flows/scan/begin-scans.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { aScannedWorld, behavior } from './a-scanned-world.ts';

const minute = 60_000;
const sixHours = 360 * minute;
const [agreed, drifted] = [{ readiness: 0.847 }, { readiness: 0.5 }];

/** Two behaviours, of which `search-quality` is measured second. */
async function aWorldOfTwo() {
  const world = aScannedWorld({ 'behaviors/search.yaml': behavior.replace('checkout-quality', 'search-quality').replace('/checkout"', '/search"') });
  await world.scan();
  const { store, clock, github, answers } = world;
  return {
    ...world,
    /** Of each behaviour, in turn. */
    answered: (...values: readonly (typeof agreed | Failure)[]): void => void answers.splice(0, answers.length, ...values),
    async begin(id: string, afterMs = 0, asked: Scan['asked'] = null): Promise<void> {
      await store.transaction(async (transaction) => {
        await transaction.beginScan({ id, accountId: github.ref.account.id, begunAt: clock.now().toISOString(), trigger: asked === null ? 'schedule' : 'command', asked }, [github.ref.id]);
        await transaction.enqueue(scanJob({ repository: github.ref, confirming: null }, new Date(clock.now().getTime() + afterMs)));
      });
    },
    async passes(ms: number): Promise<void> {
      world.pass(ms);
      await world.settle();
    },
    stateIn: async (id: string) => (await store.transaction((transaction) => transaction.scanOutcomes(id))).get(github.ref.id),
    reply: () => github.comments.map(({ body }) => body).join('\n'),
    told: async () => (await world.auditEvents()).filter((event) => event === 'drift.detected' || event === 'scan.concluded').slice(1),
  };
}

describe('a scan that begins while another one is on its way', () => {
  it('waits for a measurement of its own, which the confirmation of the other is not: what it finds is acted upon', async () => {
    const world = await aWorldOfTwo();
    world.answered(drifted, agreed, drifted);
    await world.begin('asked');
    await world.settle();
    await world.passes(30_000);
    await world.begin('nightly', 5 * minute);
    await world.passes(31_000);
    assert.deepEqual([await world.stateIn('asked'), await world.stateIn('nightly'), world.remediated], ['measured', 'waiting', ['checkout-quality']]);
    world.answered(drifted, drifted, drifted);
    await world.passes(5 * minute);
    assert.equal(await world.stateIn('nightly'), 'confirming');
    await world.passes(61_000);
    assert.deepEqual([await world.stateIn('nightly'), [...new Set(world.remediated)]], ['measured', ['checkout-quality', 'search-quality']]);
    assert.deepEqual(await world.told(), ['drift.detected', 'scan.concluded', 'drift.detected', 'scan.concluded']);
  });

  it('waits for the next measurement where one is being made', async () => {
    const world = await aWorldOfTwo();
    world.answered(agreed, agreed);
    world.whileMeasuring(() => world.begin('later', 5 * minute));
    await world.begin('first');
    await world.settle();
    assert.deepEqual([await world.stateIn('first'), await world.stateIn('later')], ['measured', 'waiting']);
    await world.passes(5 * minute);
    assert.equal(await world.stateIn('later'), 'measured');
  });

  it('goes on where the confirmation of the other one is given up', async () => {
    const world = await aWorldOfTwo();
    world.answered(drifted, agreed);
    await world.begin('first');
    await world.settle();
    await world.begin('later', 5 * minute);
    const job = { ...scanJob({ repository: world.github.ref, confirming: ['checkout-quality'] }), generation: 1, attempt: 9, lostRuns: 0, token: 't' };
    await concludeBuried(world.ports, job, world.github.ref, new Failure('GITHUB_UNAVAILABLE', 'status 502'));
    assert.deepEqual([await world.stateIn('first'), await world.stateIn('later')], ['failed', 'waiting']);
  });
});

describe('a scan whose repository is given up', () => {
  it('acts upon what was confirmed there meanwhile: no other scan would before the next night, in which the same may break', async () => {
    const world = await aWorldOfTwo();
    world.answered(drifted, new Failure('GITHUB_UNAVAILABLE', 'status 502'), drifted);
    await world.begin('nightly');
    await world.settle();
    await world.passes(61_000);
    assert.deepEqual([await world.stateIn('nightly'), world.remediated], ['waiting', []]);
    const job = { ...scanJob({ repository: world.github.ref, confirming: null }), generation: 1, attempt: 9, lostRuns: 0, token: 't' };
    await concludeBuried(world.ports, job, world.github.ref, new Failure('PROBE_FAILED', 'status 502'));
    await world.settle();
    assert.deepEqual([await world.stateIn('nightly'), world.remediated], ['failed', ['checkout-quality']]);
  });

  it('acts upon nothing that was confirmed before it and not measured by it: that may be mended by now', async () => {
    const world = await aWorldOfTwo();
    world.answered(drifted, agreed, drifted, agreed);
    await world.begin('nightly');
    await world.settle();
    await world.passes(61_000);
    assert.deepEqual([await world.stateIn('nightly'), world.remediated], ['measured', ['checkout-quality']]);
    await world.passes(minute);
    await world.begin('next', 24 * 60 * minute);
    const job = { ...scanJob({ repository: world.github.ref, confirming: null }), generation: 1, attempt: 9, lostRuns: 0, token: 't' };
    await concludeBuried(world.ports, job, world.github.ref, new Failure('PROBE_FAILED', 'status 502'));
    await world.settle();
    assert.deepEqual([await world.stateIn('next'), world.remediated], ['failed', ['checkout-quality']]);
  });
});

describe('a measurement that no open scan waits for', () => {
  for (const [state, afterMs] of [['waiting', sixHours + 5 * minute], ['confirming', sixHours - 30_000]] as const) {
    it(`is a scan of its own where its scan was concluded while the repository was still ${state}: what it found is acted upon, and told`, async () => {
      const world = await aWorldOfTwo();
      const { github } = world;
      world.answered(drifted, agreed, drifted);
      await world.begin('late', afterMs, { repository: github.ref, pullRequest: 1, comment: 41, login: 'dev' });
      await world.passes(sixHours - 30_000);
      await world.passes(31_000);
      await concludeLateScans(world.ports);
      await world.settle();
      assert.deepEqual([await world.stateIn('late'), world.remediated, await world.told()], [state, [], ['scan.concluded']]);
      assert.match(world.reply(), /could not be measured to the end/);
      for (let passed = 0; passed < 12; passed += 1) await world.passes(minute);
      assert.deepEqual([world.remediated, await world.told()], [['checkout-quality'], ['scan.concluded', 'drift.detected', 'scan.concluded']]);
    });
  }

  it('is one where a person asked for another while the last try of the job before broke', async () => {
    const world = await aWorldOfTwo();
    world.answered(drifted, agreed, drifted);
    await world.begin('asked', 1);
    const job = { ...scanJob({ repository: world.github.ref, confirming: null }), generation: 1, attempt: 9, lostRuns: 0, token: 't' };
    await concludeBuried(world.ports, job, world.github.ref, new Failure('GITHUB_UNAVAILABLE', 'status 502'));
    for (let passed = 0; passed < 8; passed += 1) await world.passes(minute);
    assert.deepEqual([await world.stateIn('asked'), world.remediated, await world.told()], ['failed', ['checkout-quality'], ['scan.concluded', 'drift.detected', 'scan.concluded']]);
  });

  it('is one after a merge: another behaviour that drifts by then is acted upon, too', async () => {
    const world = await aWorldOfTwo();
    await merge(world);
    world.answered(agreed, drifted, drifted);
    for (let passed = 0; passed < 8; passed += 1) await world.passes(minute);
    assert.deepEqual(world.remediated.filter((name) => name === 'search-quality'), ['search-quality']);
    assert.deepEqual(await world.told(), ['drift.detected', 'scan.concluded']);
  });

  it('is none where a scan waits for what is measured next', async () => {
    const world = await aWorldOfTwo();
    await merge(world);
    world.answered(agreed, drifted, drifted);
    await world.settle();
    await world.begin('nightly', 5 * minute);
    await world.passes(61_000);
    assert.deepEqual([await world.stateIn('nightly'), await world.told()], ['waiting', ['drift.detected']]);
    world.answered(agreed, drifted);
    await world.passes(5 * minute);
    assert.deepEqual([await world.stateIn('nightly'), await world.told()], ['measured', ['drift.detected', 'scan.concluded']]);
  });
});

/** A remediation of `checkout-quality` was merged. */
async function merge({ store, github, clock, ports }: Awaited<ReturnType<typeof aWorldOfTwo>>): Promise<void> {
  const fingerprint = digestOfValue('drift');
  await store.transaction(async (transaction) => {
    await transaction.beginRemediation({ repository: github.ref, fingerprint, behavior: 'checkout-quality', target: 'checkout-quality', baseBranch: 'main', at: clock.now().toISOString() });
    await transaction.recordRemediationPull({ repositoryId: github.ref.id, fingerprint }, 7, {});
  });
  github.openPull(7, 'main', { author: 'dev' });
  github.pulls.set(7, { ...(github.pulls.get(7) ?? assert.fail('no pull request')), state: 'merged', baseBranch: 'main' });
  await recordClose(ports, { repository: github.ref, number: 7 });
}
