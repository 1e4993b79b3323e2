import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderGithubAnnotations } from '../../src/render/github-annotations.ts';
import { aDecision, aDecisionWith, aFinding, aFindingAt } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

describe('renderGithubAnnotations()', () => {
  it('of a denied sample reads as its golden file', () => {
    assertGolden('github-deny.txt', renderGithubAnnotations(sampleDecisions.deny));
  });

  it('of a clean run is one notice', () => {
    assert.equal(renderGithubAnnotations(aDecision()), '::notice title=plumbline%3A Allowed::This change is allowed: it touches nothing that is governed.\n');
  });

  it('shows a hold as a warning and ends with an error, since it is not allowed', () => {
    const lines = renderGithubAnnotations(aDecisionWith([aFinding({ severity: 'hold' })])).split('\n');
    assert.deepEqual(lines.map((line) => line.slice(0, 9)), ['::warning', '::error t', '']);
  });

  it('cannot be made to run another command by a path or a message', () => {
    const hostile = 'x,line=1::\r\n::add-mask::secret\n##[command]';
    const lines = renderGithubAnnotations(aDecisionWith([aFindingAt(hostile, 1, { message: hostile, next: hostile })])).trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^::error file=x%2Cline=1%3A%3A␍␊%3A%3Aadd-mask%3A%3Asecret␊## \[command\],line=1,title=contract\/immutable_changed::/);
    assert.ok(!lines.some((line) => line.includes('##[')));
  });
});
