import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CheckState } from '../../src/domain/effect.ts';
import { renderBlockedLog, renderBuried, renderCancelled, renderGate, renderOpen, renderPreview, renderRollUp, renderStale } from '../../src/render/check-state.ts';
import { byteLength } from '../../src/render/fit-items.ts';
import { aContext, aDecision, aDecisionWith, aFinding, aFindingAt, aVerdict } from '../builders/decision-builder.ts';
import { answering, judgeBehaviorChange, ofChange } from '../gates/drift/a-behavior-change.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

const retryAt = new Date('2026-11-20T14:05:00.000Z');

function shown(state: CheckState): string {
  const head = `status: ${state.status}\nconclusion: ${state.conclusion}\ntitle: ${state.title}`;
  const annotations = state.annotations.map((one) => JSON.stringify(one)).join('\n');
  return [head, '--- summary', state.summary, '--- text', state.text ?? '(none)', '--- annotations', annotations, ''].join('\n');
}

function manyFindings(number: number): readonly ReturnType<typeof aFinding>[] {
  return Array.from({ length: number }, (_, index) => aFindingAt(`contracts/${index}.yaml`, 1, { message: `😀 \`\`\` </details> @org/team number ${index}` }));
}

describe('renderRollUp()', () => {
  const headFiles = new Map([['contracts/b.yaml', null], ['contracts/A.yaml', 10], ['contracts/checkout.yaml', 20]] as const);
  for (const [name, decision] of Object.entries(sampleDecisions)) {
    it(`of the sample "${name}" reads as its golden file`, () => {
      assertGolden(`roll-up-${name}.md`, shown(renderRollUp(decision, aContext({ headFiles, retryAt, docsUrl: 'https://docs.example/plumbline/' }))));
    });
  }

  it('concludes success, failure and action_required, and never neutral', () => {
    const { allow, deny, inconclusive, silent, hold, observing } = sampleDecisions;
    const conclusions = [allow, deny, inconclusive, silent, hold, observing].map((decision) => renderRollUp(decision, aContext()).conclusion);
    assert.deepEqual(conclusions, ['success', 'failure', 'failure', 'failure', 'action_required', 'success']);
  });

  it('with an observed denial is titled so', () => {
    assert.equal(renderRollUp(sampleDecisions.observing, aContext()).title, 'observing: would deny');
  });

  it('without a verdict is blocked, says whose fault it is not and when it is retried, and never says held', () => {
    const { title, summary } = renderRollUp(sampleDecisions.inconclusive, aContext({ retryAt }));
    assert.match(summary, /This change is blocked.*Nothing in your change caused this\. Plumbline retries by itself at 2026-11-20 14:05 UTC/s);
    assert.doesNotMatch(title + summary, /held/i);
  });

  it('without a verdict beside a held finding does not claim that the change is innocent', () => {
    const decision = aDecisionWith([aFinding({ code: 'engine/failed' }), aFinding({ code: 'snapshot/too_many' })]);
    assert.doesNotMatch(renderRollUp(decision, aContext()).summary, /Nothing in your change/);
  });

  it('says that the retries have ended when there is none to come', () => {
    assert.match(renderRollUp(sampleDecisions.inconclusive, aContext()).summary, /The automatic retries have ended/);
  });

  it('shows a hold that was released as such and not as observed', () => {
    const released = aDecisionWith([aFinding({ code: 'snapshot/too_many', inForce: 'notice' })]);
    const { conclusion, summary } = renderRollUp(released, aContext());
    assert.equal(conclusion, 'success');
    assert.match(summary, /### Held no longer: released by approvals, or not enforced \(1\)/);
  });

  it('names the pull request that made the decision when it is another one, and not our own retry', () => {
    const leftOut = [{ subject: 'pull-request:9', why: 'it comes from a fork' }];
    const { summary } = renderRollUp(sampleDecisions.inconclusive, aContext({ decidedBy: 'pull-request:12', leftOut }));
    assert.match(summary, /made for pull request #12, which has the same head as pull request #7/);
    assert.match(summary, /Left out: pull request #9, it comes from a fork\./);
    assert.doesNotMatch(summary, /retries/);
  });

  it('lists 5,000 findings within the limit, all counted, no pair or span cut, every annotation kept', () => {
    const state = renderRollUp(aDecision({ verdicts: [aVerdict('change', manyFindings(5_000))] }), aContext({ detailsUrl: 'https://plumbline.example/d/1', headFiles: new Map(Array.from({ length: 5_000 }, (_, index) => [`contracts/${index}.yaml`, null])) }));
    assert.ok(byteLength(state.summary) < 65_535);
    assert.match(state.summary, /… and [\d,]+ more findings, 5,000 in all\. \[The full decision\]/);
    assert.ok(state.summary.isWellFormed());
    assert.equal(state.annotations.length, 5_000);
  });

  it('stays within the limits for 100,000 uncovered files and endless texts', () => {
    const endless = '😀@'.repeat(600_000);
    const uncovered = Array.from({ length: 100_000 }, (_, index) => `${'|'.repeat(300)}${index}`);
    const state = renderRollUp(aDecisionWith([aFindingAt(endless, 1, { message: endless, next: endless, found: endless, expected: endless })], { uncovered, engine: endless }), aContext());
    assert.ok(byteLength(state.summary) < 65_535 && byteLength(state.text ?? '') < 65_535 && state.title.length <= 255);
  });

  it('annotates only lines that exist at the head, each at a single line', () => {
    const findings = [['a.yaml', 0], ['a.yaml', 3], ['a.yaml', 11], ['gone.yaml', 1], ['b.yaml', 999], ['a.yaml', 1.5]] as const;
    const decision = aDecision({ verdicts: [aVerdict('change', findings.map(([path, line]) => aFindingAt(path, line, { column: 0 })))] });
    const state = renderRollUp(decision, aContext({ headFiles: new Map([['a.yaml', 10], ['b.yaml', null]]) }));
    assert.deepEqual(state.annotations.map((one) => [one.path, one.startLine, one.endLine, one.startColumn]), [['a.yaml', 3, 3, null], ['b.yaml', 999, 999, null]]);
    assert.equal(state.summary.match(/^- /gm)?.length, findings.length);
  });

  it('keeps what a hostile pull request wrote inert', () => {
    const hostile = '</details><img src="https://evil.example/x"> @org/team #1 `````` [x](y) | \u202e';
    const decision = aDecisionWith([aFindingAt(`contracts/${hostile}.yaml`, 1, { message: hostile, next: hostile, found: hostile, expected: hostile })], { uncovered: [hostile] });
    const state = renderRollUp(decision, aContext());
    assertGolden('roll-up-hostile.md', shown(state));
  });
});

describe('renderGate()', () => {
  it('concludes each verdict, fail and inconclusive as failure', () => {
    const conclusions = (['deny', 'unknown', 'hold', 'notice'] as const).map((severity) => renderGate(aDecisionWith([aFinding({ severity })]), 'contracts', aContext()).conclusion);
    assert.deepEqual(conclusions, ['failure', 'failure', 'action_required', 'success']);
  });

  it('without a verdict says when it is retried although another gate denies, and nothing of it where another pull request decides', () => {
    const decision = aDecision({ verdicts: [aVerdict('change', [aFinding()]), aVerdict('contracts', [aFinding({ code: 'engine/failed' })])] });
    assert.match(renderGate(decision, 'contracts', aContext({ retryAt })).summary, /Nothing in your change caused this\. Plumbline retries by itself at 2026-11-20 14:05 UTC/);
    assert.doesNotMatch(renderGate(decision, 'contracts', aContext({ retryAt, decidedBy: 'pull-request:12' })).summary, /retries/);
  });

  it('fails for a gate that gave no verdict', () => {
    const state = renderGate(sampleDecisions.silent, 'contracts', aContext());
    assert.equal(state.conclusion, 'failure');
    assert.equal(state.title, 'Blocked: no verdict yet');
  });

  it('says what it would do while it only observes', () => {
    assert.equal(renderGate(sampleDecisions.observing, 'contracts', aContext()).title, 'observing: would deny');
  });

  it('of drifted behaviours reads as its golden file', () => {
    const latency = { name: 'latency_ms', critical: true, samples: '/latency', baselineSamples: 'baselines/latency.json', tolerance: { relative: 0.1 }, direction: 'increase' };
    const baseline = JSON.stringify(Array.from({ length: 60 }, (_, index) => 90 + (index % 20)));
    const behavior = ofChange({ metrics: [{ name: 'readiness', pointer: '/readiness', baseline: 0.847, absolute: 0.001 }, latency] });
    const reading = answering({ readiness: 0.6, latency: Array.from({ length: 60 }, (_, index) => 130 + (index % 20)) });
    const drifted = judgeBehaviorChange({ behavior, files: [{ path: 'baselines/latency.json', base: baseline, head: baseline }], reading });
    const unanswered = judgeBehaviorChange({ behavior: ofChange(), reading: { kind: 'no-signal', why: 'metrics.example.com answered 503, expected 200' } });
    const verdict = { ...drifted, findings: [...drifted.findings, ...unanswered.findings] };
    assertGolden('gate-drift.md', shown(renderGate(aDecision({ verdicts: [aVerdict('change'), aVerdict('contracts'), verdict] }), 'drift', aContext())));
  });

  it('of claims links what they cite to the lines at the commit, and lets nothing of them come alive', () => {
    assertGolden('gate-grounded.md', shown(renderGate(sampleDecisions.grounded, 'hallucination', aContext({ repositoryUrl: 'https://github.com/acme/shop' }))));
  });

  it('of a denied sample reads as its golden file', () => {
    assertGolden('gate-governed.md', shown(renderGate(sampleDecisions.governed, 'governance', aContext({ headFiles: new Map([['contracts/checkout.yaml', 20]]) }))));
    assertGolden('gate-deny.md', shown(renderGate(sampleDecisions.deny, 'contracts', aContext({ headFiles: new Map([['contracts/checkout.yaml', 20]]) }))));
  });

  it('annotates its findings, which the roll-up then leaves to it', () => {
    const context = aContext({ headFiles: new Map([['contracts/checkout.yaml', 20]]) });
    assert.equal(renderGate(sampleDecisions.deny, 'contracts', context).annotations.length, 1);
    assert.equal(renderRollUp(sampleDecisions.deny, context).annotations.length, 0);
  });

  it('stays within the limits for 5,000 findings and rules', () => {
    const evaluated = Array.from({ length: 5_000 }, (_, index) => ({ rule: `rule ${index} ${'x'.repeat(500)}`, subjects: 1 }));
    const state = renderGate(aDecision({ verdicts: [aVerdict('contracts', manyFindings(5_000), { evaluated })] }), 'contracts', aContext());
    assert.ok(byteLength(state.summary) < 65_535 && byteLength(state.text ?? '') < 65_535);
  });
});

describe('check states around a decision', () => {
  it('an open roll-up is in progress and has no conclusion', () => {
    const { status, conclusion } = renderOpen();
    assert.deepEqual({ status, conclusion }, { status: 'in_progress', conclusion: null });
  });

  it('what awaits samples is in progress, says of what and until when, and has neither annotations nor buttons; other gates are concluded', () => {
    const path = 'behaviors/checkout.yaml';
    const awaiting = (names: readonly string[]) => {
      const verdict = aVerdict('drift', [aFindingAt(path, 1, { code: 'drift/no_signal' })], { awaits: names.map((behavior) => ({ behavior, path, waitFor: 1 })) });
      const context = aContext({ headFiles: new Map([[path, 20]]), retryAt, mending: 'button', wait: { behaviors: names, until: retryAt, isAlone: true } });
      return { decision: aDecision({ verdicts: [aVerdict('contracts'), verdict] }), context };
    };
    const { decision, context } = awaiting(['checkout']);
    for (const state of [renderRollUp(decision, context), renderGate(decision, 'drift', context)]) {
      assert.deepEqual([state.status, state.conclusion, state.title, state.annotations, state.actions], ['in_progress', null, 'Waiting for samples of checkout until 2026-11-20 14:05 UTC', [], undefined]);
      assert.match(state.summary, /^This change waits for samples of `checkout`\. .+\n\n### .+drift\/no_signal/s);
    }
    assert.equal(renderGate(decision, 'contracts', context).conclusion, 'success');
    const many = awaiting(Array.from({ length: 300 }, (_, index) => `b${index}`));
    assert.equal(renderRollUp(many.decision, many.context).title, 'Waiting for samples of 300 behaviours until 2026-11-20 14:05 UTC');
  });

  it('a superseded head is cancelled and names its successor when there is one', () => {
    assert.equal(renderCancelled('d'.repeat(40)).conclusion, 'cancelled');
    assert.match(renderCancelled('d'.repeat(40)).summary, /ddddddd/);
    assert.doesNotMatch(renderCancelled(null).summary, /null/);
  });

  it('a buried job and a stale run are failures that say it is not the change', () => {
    assert.equal(renderBuried({ code: 'STORE_UNAVAILABLE', job: 'evaluate:1:2' }).conclusion, 'failure');
    assert.match(renderBuried({ code: 'STORE_UNAVAILABLE', job: 'evaluate:1:2' }).summary, /not a finding about your change/);
    assert.equal(renderStale().conclusion, 'failure');
  });

  it('of a head that a blocked log keeps from being judged fails, names its finding, and says that the change is not at fault', () => {
    const { status, conclusion, summary } = renderBlockedLog();
    assert.deepEqual([status, conclusion], ['completed', 'failure']);
    assert.match(summary, /`audit\/blocked` This change is blocked: .*Nothing in your change caused this\..*\*\*Next:\*\* wait\. The operator/s);
  });

  it('only a preview is neutral, whatever it would decide', () => {
    assert.deepEqual(Object.values(sampleDecisions).map((decision) => renderPreview(decision, aContext()).conclusion), Object.values(sampleDecisions).map(() => 'neutral'));
  });
});
