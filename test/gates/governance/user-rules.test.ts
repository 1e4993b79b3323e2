import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PoliciesAnswer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import type { PolicyOutcome } from '../../../src/domain/policy/policy-report.ts';
import type { RuleMetadata } from '../../../src/domain/policy/rule-metadata.ts';
import { governanceGate } from '../../../src/gates/governance/governance-gate.ts';
import { builtinAnswer } from '../../builders/builtin-answer.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { govern, governedSnapshot, told } from './a-governed-change.ts';
import type { GovernedChange } from './a-governed-change.ts';

const now = '2026-11-20T12:00:00.000Z';
const rego = 'package plumbline.rules.deploy.window\n';
const metadata: RuleMetadata = { rule: 'deploy/window', title: 'Only by day', remedy: 'Wait for the morning.', resources: ['https://acme.example/window'], effectiveOn: null };

/** `infra/a.tf` changes, and a rule of the repository answers this of it. */
function aRule(outcome: PolicyOutcome, said: Partial<RuleMetadata> | null = {}, rule = 'deploy/window'): GovernedChange {
  const policies = (request: RequestOf<'policies'>): PoliciesAnswer => {
    if (request.policies === null) return builtinAnswer(request);
    const results = request.subjects.map((subject) => ({ rule, subject, outcome, facts: { message: 'it is night', from: 'root', needed: 0, counted: ['eve'], entries: [{ action: '*', until: '2030-01-01', owner: 'eve', level: 'organization' }] } }));
    return { kind: 'report', report: { inputVersion: 1, subjects: request.subjects, results }, ...(said === null ? {} : { metadata: [{ ...metadata, ...said }] }) };
  };
  const files = { 'infra/a.tf': { base: 'one', head: 'two' }, 'policies/window.rego': { base: rego } };
  return { tier: 1, files, contents: ['one', 'two', rego], policies, snapshot: { now, configured: { policyPaths: ['policies/**/*.rego'], document: { version: 1, governance: { actions: [{ action: 'infra.change', tier: 1, paths: ['infra/**'] }] } } } } };
}

/** Files and the like of `governedSnapshot`, with the configuration of the rule. */
const snapshotOf = (change: GovernedChange) => governedSnapshot(change);
const expiriesOf = (change: GovernedChange) => governanceGate.expiries?.(snapshotOf(change), collectEvidence(governanceGate, snapshotOf(change), change));

describe('a rule of the repository', () => {
  it('denies with what its author says of it, quoted: title, message, remedy and pages', () => {
    const verdict = govern(aRule('fail'));
    assert.deepEqual(verdict.findings.map(({ severity, code, message, next }) => [severity, code, message, next]), [[
      'deny', 'policy/denied',
      'It changes infra/a.tf. The rule deploy/window of the repository\'s policies denies that: "Only by day": "it is night".',
      'Its author says: "Wait for the morning.". Change what deploy/window is about, or ask whoever maintains the policies. See "https://acme.example/window".',
    ]]);
  });

  it('needs no METADATA', () => {
    assert.deepEqual(govern(aRule('hold', null)).findings.map(({ code, message, next }) => [code, message, next]), [['policy/held', 'It changes infra/a.tf. The rule deploy/window of the repository\'s policies holds that: "it is night".', 'Ask the approvers of tier 3 to release it.']]);
  });

  for (const outcome of ['fail', 'hold'] as const) {
    it(`warns before the day from which on it decides, where it answers ${outcome}, and says so`, () => {
      const verdict = govern(aRule(outcome, { effectiveOn: '2026-12-01T00:00:00.000Z' }));
      assert.deepEqual([verdict.verdict, told(verdict), verdict.judged?.map((one) => one.outcome)], ['pass', [`notice ${outcome === 'fail' ? 'policy/denied' : 'policy/held'}`], ['pass']]);
      assert.match(verdict.findings[0]?.message ?? '', /will (?:deny|hold) that from 2026-12-01 00:00 UTC on, and decides nothing until then/);
    });
  }

  it('decides at that very instant, and the judgement before it ends then', () => {
    assert.equal(govern(aRule('fail', { effectiveOn: now })).verdict, 'fail');
    assert.deepEqual([expiriesOf(aRule('fail', { effectiveOn: '2026-12-01T00:00:00.000Z' })), expiriesOf(aRule('fail', { effectiveOn: now }))], [['2026-12-01T00:00:00.000Z'], []]);
  });

  it('ends no judgement that it lets pass', () => {
    assert.deepEqual(expiriesOf(aRule('pass', { effectiveOn: '2026-12-01T00:00:00.000Z' })), []);
  });

  it('attack: METADATA of another rule, or of a rule named like a built-in one, softens nothing', () => {
    assert.equal(govern(aRule('fail', { rule: 'deploy/other', effectiveOn: '2026-12-01T00:00:00.000Z' })).verdict, 'fail');
    const change = aRule('pass', { rule: 'governance/not_whitelisted', effectiveOn: '2026-12-01T00:00:00.000Z' });
    const denied = { ...change, snapshot: { ...change.snapshot, configured: { policyPaths: ['policies/**/*.rego'], document: { version: 1, governance: { actions: [{ action: 'infra.change', tier: 3, paths: ['infra/**'] }] } } } } };
    assert.equal(govern(denied).verdict, 'fail');
  });

  describe('named like a built-in one', () => {
    const whose = "the repository's policies";
    const evaluated = (change: GovernedChange) => govern(change).evaluated.filter(({ rule }) => rule === 'governance/rejected');
    it('is told apart from it', () => {
      assert.deepEqual(evaluated(aRule('pass', null, 'governance/rejected')), [{ rule: 'governance/rejected', subjects: 1 }, { rule: 'governance/rejected', whose, subjects: 1 }]);
    });

    it('is judged where that one is not, since nobody is known', () => {
      const change = aRule('fail', null, 'governance/rejected');
      const range = { subject: { kind: 'range' }, author: 'author', title: 'Change', draft: false, fork: false, baseBranch: 'main' } as const;
      const anonymous: GovernedChange = { ...change, contributors: { people: [], unknown: null }, snapshot: { ...change.snapshot, change: range } };
      const { verdict, skipped } = govern(anonymous);
      assert.deepEqual([verdict, evaluated(anonymous), skipped.filter(({ rule }) => rule === 'governance/rejected').length], ['fail', [{ rule: 'governance/rejected', whose, subjects: 1 }], 1]);
    });

    for (const rule of ['governance/tier_forbidden', 'governance/approvals_missing']) {
      it(`says nothing of entries and approvals: ${rule}`, () => {
        const [action] = govern({ ...aRule('fail', null, rule) }).judged ?? [];
        assert.deepEqual([action?.outcome, action?.because, action?.whitelistedBy, action?.release], ['fail', `${rule} of ${whose}.`, null, null]);
      });
    }
  });
});
