import type { Decision } from '../../src/domain/decision.ts';
import { digestOfValue } from '../../src/domain/digest.ts';
import { aRecordedClaim, aVerification } from '../builders/a-verification.ts';
import { aDecision, aFinding, aFindingAt, aJudgedAction, aVerdict } from '../builders/decision-builder.ts';

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
  grounded: aDecision({
    verdicts: [
      aVerdict('change'),
      aVerdict('contracts'),
      aVerdict('hallucination', [aFinding({ code: 'hallucination/quote_absent', message: 'The citation "q2" of the claim "c2": what is quoted does not stand there.', found: 'what is quoted does not stand there', next: 'Quote exactly what stands there, or take the claim back.' })], {
        evaluated: [{ rule: 'the claims of agents', subjects: 2 }],
        covered: ['src/cart.ts'],
        verification: aVerification({
          claims: [
            aRecordedClaim(),
            aRecordedClaim({ id: 'c2', text: 'Taxes are | rounded\u202e up @everyone', verdict: 'unsupported', checks: [{ code: 'QUOTE_EXACT', status: 'failed', detail: 'what is quoted does not stand there', nearest: 'Taxes are cut', citation: 'q2' }], citations: [{ id: 'q2', verdict: 'unsupported', role: 'supports', path: 'docs/<tax>|es.md', found: null }] }),
            aRecordedClaim({ id: 'c3', critical: false, kind: 'external_fact', text: 'Others do so too', verdict: 'unverifiable', checks: [], citations: [] }),
            aRecordedClaim({ id: 'c6', critical: false, kind: 'test_result', text: 'All tests pass', verdict: 'unsupported', checks: [{ code: 'RUN_COMMIT', status: 'failed', detail: 'the check run 7 is about another commit', citation: 'q3' }], citations: [{ id: 'q3', verdict: 'unsupported', role: 'supports', path: null, found: null, run: { id: 7, name: 'tests | <b>@everyone\u202e', conclusion: 'success' } }, { id: 'q4', verdict: 'unverifiable', role: 'supports', path: null, found: null, run: { id: 8, name: 'lint', conclusion: null } }] }),
            aRecordedClaim({ id: 'c4', text: 'It rounds up', verdict: 'unsupported', checks: [{ code: 'JUDGE', status: 'failed', detail: 'the judge nli@3 calls it unsupported, by 0.10' }] }),
            aRecordedClaim({ id: 'c5', critical: false, text: 'It rounds down', verdict: 'unverifiable', checks: [{ code: 'JUDGE', status: 'notice', detail: 'the judge was not asked about it: it may hold a secret, which is not sent' }] }),
          ],
        }),
      }),
    ],
  }),
  governed: aDecision({
    verdicts: [
      aVerdict('change'),
      aVerdict('contracts'),
      aVerdict(
        'governance',
        [
          aFindingAt('.github/workflows/ci.yml', 3, { code: 'governance/workflow_unsafe', message: 'The job build may write contents. That is workflow.permission_widen, tier 4: nobody may do it here.', found: 'none', expected: 'an entry', next: 'Keep the permissions as they are.' }),
          aFindingAt('contracts/checkout.yaml', 2, { code: 'governance/approvals_missing', message: 'It releases checkout 1.1.0 after 1.0.0. It waits for one person among team:governance: that is contract.bump, tier 2.', expected: '1 of team:governance', found: 'nobody yet', next: 'One of team:governance who has no hand in the change comments `/plumbline approve contract.bump cccccccccccc`.' }),
        ],
        {
          covered: ['.github/workflows/ci.yml', 'contracts/checkout.yaml'],
          evaluated: [{ rule: 'governance/rejected', subjects: 5 }, { rule: 'governance/rejected', whose: "the repository's policies", subjects: 5 }],
          contributors: ['mona'],
          matched: [digestOfValue('infra.*')],
          judged: [
            aJudgedAction({ action: 'schema.change_breaking', tier: 3, subject: { path: 'schemas/order.json' }, paths: ['schemas/order.json'], why: 'It changes the schema schemas/order.json, which breaks who relies on it.', outcome: 'hold', because: 'schema/incompatible.', findings: [`schema/incompatible ${'4'.repeat(16)}`], release: { scope: 'schema/incompatible', from: 'tier3', names: ['team:governance'], count: 2, approvedBy: ['ann'] }, binding: `sha256:${'5'.repeat(64)}` }),
            aJudgedAction({ action: 'contract.bump', subject: { contract: 'checkout', path: 'contracts/checkout.yaml' }, paths: ['contracts/checkout.yaml'], why: 'It releases checkout 1.1.0 after 1.0.0.', outcome: 'hold', because: 'governance/approvals_missing.', release: { from: 'tier2', names: ['team:governance'], count: 1, approvedBy: [] } }),
            aJudgedAction({ action: 'code.change', tier: 1, paths: ['src/a.ts', 'src/b.ts'], why: 'It changes files that no rule names.', because: 'Tier 1 is free.' }),
            aJudgedAction({ action: 'workflow.permission_widen', tier: 4, subject: { path: '.github/workflows/ci.yml' }, paths: ['.github/workflows/ci.yml'], why: 'The job build may write contents.', outcome: 'fail', because: 'governance/workflow_unsafe.' }),
            aJudgedAction({ action: 'infra.change', tier: 3, subject: { path: 'infra/a|b`<b>@octocat.tf' }, paths: ['infra/a|b`<b>@octocat.tf'], why: 'It changes infra/a|b`<b>@octocat.tf.', because: 'The whitelist names it, approved by ann, bob.', whitelistedBy: 'infra.* until 2027-01-01, owned by team:platform (the organisation)', release: { from: 'tier3', names: ['team:governance'], count: 2, approvedBy: ['ann', 'bob'] } }),
          ],
        },
      ),
    ],
    held: [{ scope: 'contract.bump', name: 'contract.bump checkout contracts/checkout.yaml', binding: `sha256:${'3'.repeat(64)}`, from: 'tier2', count: 1, approvedBy: [], waits: true }],
  }),
} as const satisfies Readonly<Record<string, Decision>>;
