import type { Decision } from '../../src/domain/decision.ts';
import { aDecision, aFinding, aFindingAt, aVerdict } from '../builders/decision-builder.ts';

const retry = 'Wait for the next attempt; if it stays, tell the operator of Plumbline.';

/** One decision of each kind that a reader can meet, for golden files. */
export const sampleDecisions = {
  allow: aDecision({
    verdicts: [
      aVerdict('change', [], { evaluated: [{ rule: 'paths', subjects: 2 }], covered: ['docs/x.md'] }),
      aVerdict('contracts', [aFindingAt('contracts/a.yaml', 1, { code: 'contract/format_changed', message: 'Only the formatting of `contracts/a.yaml` changed.', next: 'Nothing to do.' })], {
        evaluated: [{ rule: 'contract/schema', subjects: 1 }],
        covered: ['contracts/a.yaml'],
      }),
    ],
    validUntil: '2027-03-31T00:00:00.000Z',
  }),
  untouched: aDecision({
    verdicts: [aVerdict('change'), aVerdict('contracts', [], { applies: false, skipped: [{ rule: 'contracts', why: 'no changed file matches contracts/**/*.yaml' }] })],
    uncovered: ['docs/x.md'],
  }),
  deny: aDecision({
    verdicts: [
      aVerdict('change', [aFindingAt('contracts/A.yaml', 1, { code: 'snapshot/mode_changed', message: '`contracts/A.yaml` became executable.', next: 'Nothing to do.' })]),
      aVerdict(
        'contracts',
        [
          aFindingAt('contracts/b.yaml', 3, { code: 'contract/schema_invalid', column: 5, message: '`/spec/limit` has the wrong type.', found: '"many"', expected: 'a number', next: 'Write a number.' }),
          aFindingAt('contracts/checkout.yaml', 14, { column: 1 }),
          aFinding({ code: 'contract/record_incomplete', message: 'The record of releases holds 40 of 100 commits.', next: 'Wait until it is complete.' }),
        ],
        { evaluated: [{ rule: 'contract/schema', subjects: 2 }], skipped: [{ rule: 'contract/signature', why: 'signatures are optional here' }], covered: ['contracts/b.yaml', 'contracts/checkout.yaml'] },
      ),
    ],
    uncovered: ['docs/x.md', 'README.md'],
  }),
  inconclusive: aDecision({ verdicts: [aVerdict('change'), aVerdict('contracts', [aFinding({ code: 'engine/failed', message: 'The contracts gate broke: a probe timed out.', next: retry })])] }),
  silent: aDecision({ verdicts: [aVerdict('change')], decision: 'deny', cause: 'inconclusive' }),
  hold: aDecision({
    verdicts: [
      aVerdict('change', [aFindingAt('.github/plumbline.yml', 2, { code: 'config/repair', message: 'This change repairs the configuration that commit bbbbbbb broke.', next: 'An admin of the repository releases it.' })]),
      aVerdict('contracts'),
    ],
  }),
  observing: aDecision({
    verdicts: [aVerdict('change'), aVerdict('contracts', [aFindingAt('contracts/checkout.yaml', 14, { inForce: 'notice' })], { covered: ['contracts/checkout.yaml'] })],
    wouldBe: 'deny',
  }),
} as const satisfies Readonly<Record<string, Decision>>;
