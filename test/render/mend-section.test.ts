import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Mend } from '../../src/domain/mend.ts';
import { renderGate, renderRollUp } from '../../src/render/check-state.ts';
import { byteLength } from '../../src/render/fit-items.ts';
import { mendActions, mendSection } from '../../src/render/mend-section.ts';
import { aContext, aDecision, aFindingAt, aVerdict } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';

function aMend(input: Partial<Mend> = {}): Mend {
  return {
    path: 'contracts/checkout.yaml',
    blob: 'd'.repeat(40),
    edits: [{ pointer: '/contractVersion', value: '2.1.1' }, { pointer: '/previousContractRef', value: `sha256:${'9'.repeat(64)}` }],
    codes: ['contract/immutable_changed', 'contract/previous_ref_mismatch'],
    ...input,
  };
}

const decisionWith = (mends: readonly Mend[]) => aDecision({ verdicts: [aVerdict('change'), aVerdict('contracts', [aFindingAt('contracts/checkout.yaml', 3)], { mends })] });
const contractsCheck = (mends: readonly Mend[], mending?: 'button' | 'fork') => renderGate(decisionWith(mends), 'contracts', aContext(mending === undefined ? {} : { mending }));

describe('a check with mends', () => {
  it('offers one button within GitHub\'s limits and says what a click does, edit by edit, and how to do it by hand', () => {
    const { actions = [], summary } = contractsCheck([aMend(), aMend({ path: 'contracts/it is.yaml', edits: [{ pointer: '/previousContractRef', value: null }] })], 'button');
    assert.deepEqual(actions, [{ label: 'Mend the contracts', description: 'Commits 2 mended files to the branch', identifier: 'mend' }]);
    assert.ok(actions.every(({ label, description, identifier }) => label.length <= 20 && description.length <= 40 && identifier.length <= 20));
    assertGolden('gate-mends.md', summary);
  });

  it('offers no button in a fork, but the commands', () => {
    const { actions, summary } = contractsCheck([aMend()], 'fork');
    assert.equal(actions, undefined);
    assert.match(summary, /The branch is in a fork.*^ {4}plumbline contract bump contracts\/checkout\.yaml$/ms);
  });

  it('offers nothing where the decision is not the one of this run', () => {
    const { actions, summary } = contractsCheck([aMend()]);
    assert.deepEqual([actions, /mend/i.test(summary.replaceAll('mends each finding', ''))], [undefined, false]);
  });

  it('offers nothing without a mend, and the roll-up never does', () => {
    assert.deepEqual([contractsCheck([], 'button').actions, renderRollUp(decisionWith([aMend()]), aContext({ mending: 'button' })).actions], [undefined, undefined]);
  });

  it('shows a hostile path and value as text and keeps them on their line', () => {
    const section = mendSection([aMend({ path: "contracts/`@team`\n# x' $(id).yaml", edits: [{ pointer: '/a`b', value: '</code> @team\n' }] })], { mending: 'button' });
    assert.doesNotMatch(section, /^# x/m);
    assert.match(section, /plumbline contract bump 'contracts\/`@team`␊# x'\\'' \$\(id\)\.yaml'/);
  });

  it('stays within GitHub\'s text for any number of files', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => aMend({ path: `contracts/${index}/${'ü'.repeat(200)}.yaml` }));
    const { summary, actions = [] } = contractsCheck(many, 'button');
    assert.ok(byteLength(summary) <= 65_000, String(byteLength(summary)));
    assert.match(summary, /… and [0-9,]+ more files\./);
    assert.ok(mendActions(many, { mending: 'button' })[0]!.description.length <= 40 && actions.length === 1);
  });
});
