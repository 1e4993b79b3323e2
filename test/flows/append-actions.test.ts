import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Decision } from '../../src/domain/decision.ts';
import { appendActions } from '../../src/flows/append-actions.ts';
import { aDecision, aJudgedAction, aVerdict } from '../builders/decision-builder.ts';
import { entriesAdded } from './entries-added.ts';

const bump = aJudgedAction({ subject: { contract: 'checkout' }, outcome: 'hold', because: 'It waits for 1 approval.' });
const free = aJudgedAction({ action: 'code.change', tier: 1 });

function decisionOn(actions = [bump, free], rest: Partial<Decision> = {}): Decision {
  return aDecision({ verdicts: [aVerdict('governance', [], { judged: actions, contributors: ['mona'] })], ...rest });
}

/** What is added for the last of these decisions, each made in the order given. */
async function added(...decisions: readonly Decision[]): Promise<readonly string[]> {
  return entriesAdded(appendActions, decisions);
}

suite('appendActions', () => {
  test('adds an entry for each action beyond tier 1', async () => {
    assert.deepEqual(await added(decisionOn()), ['action.blocked hold']);
  });

  test('adds nothing for what the decision before said in the same words of the same content', async () => {
    assert.deepEqual(await added(decisionOn(), decisionOn()), []);
    assert.deepEqual(await added(decisionOn(), decisionOn([bump, free], { head: 'e'.repeat(40), inputDigest: `sha256:${'3'.repeat(64)}` })), []);
  });

  test('adds an entry for what is judged otherwise, and for no other, whose outcome names nobody', async () => {
    const passed = aJudgedAction({ subject: { contract: 'checkout' }, because: 'Approved by ann.' });
    assert.deepEqual(await added(decisionOn(), decisionOn([passed, free])), ['action.allowed pass']);
    assert.deepEqual(await added(decisionOn(), decisionOn([bump, aJudgedAction({ action: 'workflow.change', tier: 3 })])), ['action.allowed pass']);
  });

  test('adds an entry under other policies, for other content and after a decision that said something else in between', async () => {
    const bound = (digit: string) => aJudgedAction({ ...bump, binding: `sha256:${digit.repeat(64)}` });
    assert.equal((await added(decisionOn(), decisionOn([bump], { policyDigest: `sha256:${'4'.repeat(64)}` }))).length, 1);
    assert.equal((await added(decisionOn([bound('5')]), decisionOn([bound('6')]))).length, 1);
    assert.deepEqual(await added(decisionOn([bound('5')]), decisionOn([bound('5')])), []);
    assert.equal((await added(decisionOn(), decisionOn([free]), decisionOn())).length, 1);
  });
});
