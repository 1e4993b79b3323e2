import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CalibrationLabels } from '../../../src/domain/calibration/calibration-labels.ts';
import type { Contributors } from '../../../src/domain/people/contributor.ts';
import { judgeAgentsChange } from './an-agents-change.ts';
import type { AgentsChange } from './an-agents-change.ts';

const sure = { confidence: { score: 0.95, method: 'verbalized' } };

function labels(count: number, good: number): CalibrationLabels {
  return { scores: [{ score: 950, labels: count, good }], repository: { labels: count, good } };
}

function confidenceOf(input: AgentsChange) {
  return judgeAgentsChange({ document: sure, ...input }).verification?.confidence;
}

const two: Contributors = { people: ['robot[bot]', 'coder[bot]'].map((login, index) => ({ login, id: index + 5, kind: 'app', via: ['author'] })), unknown: null };

suite('the confidence of an agent', () => {
  test('counts as how often it was right, where enough of its changes are known', () => {
    assert.deepEqual(confidenceOf({ world: { labels: () => labels(2_000, 1_500) } }), { self_reported: 0.95, calibrated: 0.75, n_labels: 2_000, agents: ['robot[bot]'] });
  });

  test('is never above what it reports', () => {
    assert.equal(confidenceOf({ document: { confidence: { score: 0.4, method: 'logprob' } }, world: { labels: () => labels(2_000, 2_000) } })?.calibrated, 0.4);
  });

  test('stays below the minimum while fewer than 50 of its changes are known, and where it could not be asked what is known', () => {
    for (const world of [{}, { labels: () => labels(49, 49) }, { labels: () => labels(2_000, 2_000), unavailable: ({ kind }: { readonly kind: string }) => kind === 'calibration' }]) {
      const { findings, verification } = judgeAgentsChange({ document: sure, world });
      assert.ok((verification?.confidence.calibrated ?? 1) < 0.85);
      assert.ok(findings.some(({ code }) => code === 'hallucination/confidence_low'));
    }
  });

  test('lets pass what is not verified, where an agent was right often enough', () => {
    const { findings } = judgeAgentsChange({ document: sure, world: { labels: () => labels(2_000, 1_900) } });
    assert.equal(findings.some(({ code }) => code === 'hallucination/confidence_low'), false);
  });

  test('attack: of two agents the one counts that is trusted least, in whatever case its login is asked for', () => {
    const asked: string[] = [];
    const world = { contributors: two, labels: ({ agent }: { readonly agent: string }) => labels(2_000, asked.push(agent) > 0 && agent === 'coder[bot]' ? 200 : 2_000) };
    assert.deepEqual(confidenceOf({ world }), { self_reported: 0.95, calibrated: 0.1, n_labels: 2_000, agents: ['coder[bot]', 'robot[bot]'] });
    assert.deepEqual(asked.toSorted(), ['coder[bot]', 'robot[bot]']);
  });
});
