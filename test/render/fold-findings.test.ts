import assert from 'node:assert/strict';
import { test } from 'node:test';
import pico from 'picocolors';
import { renderGate, renderRollUp } from '../../src/render/check-state.ts';
import { count } from '../../src/render/count.ts';
import { renderComment } from '../../src/render/comment.ts';
import { renderFormat } from '../../src/render/render-format.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { aCitation, aClaim } from '../builders/an-evidence-document.ts';
import { aContext, aDecision, aFinding, aVerdict } from '../builders/decision-builder.ts';
import { evidencePath, judgeAgentsChange } from '../gates/hallucination/an-agents-change.ts';

let verdict: Verdict | null = null;
const wrong = Array.from({ length: 100 }, (_, claim) => aClaim({ id: `c${claim}`, critical: false, citations: Array.from({ length: 20 }, (_other, index) => aCitation({ id: `q${index}`, path: 'docs/none.md' })) }));

/** What becomes of one document with so much that is wrong, beside what another gate says. */
function crowded() {
  verdict ??= judgeAgentsChange({ document: { claims: wrong } });
  const secret = aFinding({ code: 'governance/secret_committed', path: 'z.ts', line: 1, severity: 'deny' });
  const decision = aDecision({ decision: 'deny', cause: 'fail', verdicts: [verdict, aVerdict('governance', [secret])] });
  return { verdict, decision, context: aContext({ headFiles: new Map([[evidencePath, 100_000], ['z.ts', 1]]) }) };
}

const ofDocument = ({ findings }: Verdict): number => findings.filter(({ path }) => path === evidencePath).length;

test('one document with thousands of wrong citations leaves what people see readable, and the record has all of them', () => {
  const { verdict: found, decision, context } = crowded();
  const all = found.findings.length;
  assert.ok(all >= 2_000, String(all));
  const gate = renderGate(decision, 'hallucination', context);
  assert.equal(gate.annotations.length, 20);
  const more = `… and ${count(ofDocument(found) - 20, 'more finding')} about`;
  const texts = [gate.summary, renderRollUp(decision, context).summary, renderComment(decision, { ...context, hasComment: false }) ?? ''];
  for (const text of texts) assert.ok((text.match(/hallucination\/citation_missing/g) ?? []).length <= 40, 'findings that are alike');
  for (const text of texts.slice(1)) assert.match(text, /governance\/secret_committed/);
  for (const text of texts) assert.ok(text.includes(more) && text.includes(evidencePath), text.slice(-500));
  assert.equal(JSON.parse(renderFormat(decision, 'json', { color: pico.createColors(false) })).verdicts[0].findings.length, all);
});

test('on a terminal the first are shown, and how many more there are', () => {
  const { verdict: found, decision } = crowded();
  const text = renderFormat(decision, 'pretty', { color: pico.createColors(false) });
  assert.ok(text.split('\n').length < 1_000, String(text.split('\n').length));
  assert.match(text, /governance\/secret_committed/);
  assert.ok(text.includes(`… and ${count(ofDocument(found) - 20, 'more finding')} about ${evidencePath}`));
  assert.match(text, /… and 50 more claims/);
});

test('what other gates find is shown one by one, however much it is', () => {
  const findings = Array.from({ length: 45 }, (_, index) => aFinding({ code: 'contract/removed', severity: 'deny', path: 'a.yaml', line: index + 1 }));
  const { annotations } = renderGate(aDecision({ verdicts: [aVerdict('contracts', findings)] }), 'contracts', aContext({ headFiles: new Map([['a.yaml', 100]]) }));
  assert.equal(annotations.length, 45);
});
