import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { testMismatches } from '../../../src/domain/playbook/test-mismatches.ts';
import { planRollback } from '../../../src/domain/playbook/plan-rollback.ts';
import { plannedIssueText } from '../../../src/render/playbook/planned-issue.ts';
import { commitName, planIn, shippedPlaybooks } from '../../builders/a-playbook-repository.ts';

const shipped = shippedPlaybooks();

test('every playbook that the design asks for comes with Plumbline, under its own name', () => {
  const ids = ['expire-waiver', 'halt-contract', 'open-issue', 'pin-dependency', 'refresh-baseline', 'remove-phantom-dependency', 'repair-previous-ref', 'restore-branch-protection', 'restore-contract', 'restore-managed-file', 'restore-workflow', 'resume-contract', 'retire-contract', 'rollback-release', 'rotate-key-reference'];
  assert.deepEqual([...shipped.keys()].toSorted(), ids);
  assert.deepEqual([...shipped].filter(([name, { id }]) => name !== id), []);
});

test('every shipped playbook has a test that plans, and all but those that only tell one that is refused', () => {
  for (const [name, { tests, steps }] of shipped) {
    assert.ok(tests.some(({ expect }) => expect.refused === null), name);
    assert.ok(steps.every(({ kind }) => kind === 'open-issue') || tests.some(({ expect }) => expect.refused !== null), name);
  }
});

for (const [name, playbook] of shipped) {
  describe(`the playbook ${name}, in memory`, () => {
    for (const one of playbook.tests) {
      it(one.name, () => {
        const planning = planIn({ history: one.history }, playbook, one.drift, one.now);
        const issue = planning.kind === 'plan' ? planning.plan.issue : null;
        assert.deepEqual(testMismatches(one, planning, issue === null ? null : plannedIssueText(issue)), []);
      });
      if (one.expect.refused === null && one.expect.files.size > 0) {
        it(`${one.name}: and what undoes it after its merge is ${one.expect.rollback}`, () => {
          const history = [...one.history, one.expect.files];
          const planning = planIn({ history }, playbook, one.drift, one.now, (facts) => planRollback(playbook, facts, commitName(history.length - 1)));
          assert.equal(planning.kind, one.expect.rollback === 'planned' ? 'plan' : 'refused', JSON.stringify(planning));
        });
      }
    }
  });
}
