import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hands } from './action-matrix/a-case.ts';
import type { Case } from './action-matrix/a-case.ts';
import { casesFor } from './action-matrix/cases.ts';
import { kinds } from './action-matrix/kinds.ts';
import { expectedOf } from './action-matrix/oracle.ts';
import type { ExpectedJudgement } from './action-matrix/oracle.ts';
import { runCase } from './action-matrix/run-case.ts';
import { byName, toldActions } from './action-matrix/told-actions.ts';
import type { ToldAction } from './action-matrix/told-actions.ts';

const conclusions = { pass: 'success', hold: 'action_required', fail: 'failure' } as const;

function expectedEntry({ authorship }: Case, { action: { action, tier, path }, outcome, listedBy, approvedBy }: ExpectedJudgement): ToldAction {
  const people = hands[authorship].map((login) => (login.endsWith('[bot]') ? `app:${login.replace('[bot]', '')}` : `user:${login}`));
  const actor = [...people, ...(authorship === 'unseen' ? ['unknown'] : [])].join(', ');
  return { event: outcome === 'pass' ? 'action.allowed' : 'action.blocked', action, tier, path, outcome, actor, rationale: 'Change 1', listedBy, approvedBy, hasPolicies: true };
}

async function check(one: Case): Promise<void> {
  const { change, judged } = expectedOf(one);
  const world = await runCase(one);
  assert.deepEqual(world.failures, []);
  const told = judged.filter(({ action }) => action.tier > 1);
  const found = { change: world.conclusionOf(1), governance: world.conclusionOf(1, 'plumbline / governance'), entries: await toldActions(world) };
  const expected = { change: conclusions[change], governance: told.length === 0 ? undefined : conclusions[change], entries: told.map((each) => expectedEntry(one, each)).toSorted(byName) };
  assert.deepEqual(found, expected, one.name);
}

const cases = casesFor(process.env['PLUMBLINE_LONG'] === '1' ? 400 : 12);

describe('an action, through the whole App', () => {
  it('is one of every kind', () => {
    for (const kind of Object.values(kinds).flatMap((ofTier) => Object.values(ofTier))) assert.ok(cases.some((one) => one.kinds.includes(kind)), kind.actions.map(({ action }) => action).join());
  });

  for (const tier of [1, 2, 3, 4]) {
    for (const outcome of ['allowed', 'blocked']) {
      const mine = cases.filter((one) => one.tier === tier && (expectedOf(one).change === 'pass') === (outcome === 'allowed'));
      it(`of tier ${tier} is ${outcome} as the specification says, and told in the log: ${mine.length} cases`, async () => {
        for (const one of mine) await check(one);
      });
    }
  }
});
