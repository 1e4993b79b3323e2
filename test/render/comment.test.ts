import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commentMarker } from '../../src/domain/effect.ts';
import { renderComment } from '../../src/render/comment.ts';
import { byteLength } from '../../src/render/fit-items.ts';
import { aDecision, aDecisionWith, aFindingAt } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

const first = { hasComment: false, retryAt: null };

describe('renderComment()', () => {
  it('says nothing about an allowed change without findings', () => {
    assert.equal(renderComment(aDecision(), first), null);
  });

  it('brings an earlier comment up to date once the change is allowed', () => {
    assert.match(renderComment(aDecision(), { ...first, hasComment: true }) ?? '', /Plumbline: Allowed/);
  });

  it('starts with the marker by which it is found again', () => {
    assert.ok(renderComment(sampleDecisions.deny, first)?.startsWith(commentMarker('decision')));
  });

  for (const name of ['deny', 'hold', 'inconclusive', 'observing'] as const) {
    it(`of the sample "${name}" reads as its golden file`, () => {
      assertGolden(`comment-${name}.md`, `${renderComment(sampleDecisions[name], { ...first, retryAt: new Date('2026-11-20T14:05:00.000Z') })}\n`);
    });
  }

  it('carries a forged marker from outside as text only', () => {
    const body = renderComment(aDecisionWith([aFindingAt('a.yaml', 1, { message: commentMarker('drift') })]), first) ?? '';
    assert.equal(body.split('<!--').length, 2);
  });

  it('stays short for 5,000 findings and says how many there are', () => {
    const body = renderComment(aDecisionWith(Array.from({ length: 5_000 }, (_, index) => aFindingAt(`contracts/${index}.yaml`, 1))), first) ?? '';
    assert.ok(byteLength(body) < 16_000);
    assert.match(body, /5,000 in all/);
  });
});
