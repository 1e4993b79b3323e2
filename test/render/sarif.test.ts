import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingRules } from '../../src/domain/finding-code.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { aDecision, aDecisionWith, aFinding, aFindingAt } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

// The parts of SARIF 2.1.0 that a log of ours uses, as the standard requires them.
interface Log {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly Run[];
}
interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly Rule[] } };
  readonly invocations: readonly { readonly executionSuccessful: boolean }[];
  readonly columnKind: string;
  readonly results: readonly Result[];
}
interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }; readonly region?: { readonly startLine: number; readonly startColumn?: number } } }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly suppressions?: readonly { readonly kind: string }[];
}

function runOf(decision: Parameters<typeof renderSarif>[0], docsUrl?: string): Run {
  const log: Log = JSON.parse(renderSarif(decision, docsUrl === undefined ? {} : { docsUrl }));
  assert.equal(log.version, '2.1.0');
  assert.equal(log.runs.length, 1);
  const run = log.runs[0];
  assert.ok(run);
  return run;
}

function assertStandard(run: Run): void {
  const { rules } = run.tool.driver;
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
  for (const rule of rules) assert.ok(rule.shortDescription.text !== '' && rule.help.text !== '' && ['error', 'warning', 'note'].includes(rule.defaultConfiguration.level));
  for (const result of run.results) assertResult(result, rules);
}

function assertResult(result: Result, rules: readonly Rule[]): void {
  assert.equal(rules[result.ruleIndex]?.id, result.ruleId);
  assert.ok(['error', 'warning', 'note', 'none'].includes(result.level));
  assert.ok(result.message.text.length > 0);
  assert.match(result.partialFingerprints.primaryLocationLineHash, /^[0-9a-f]{16}:[1-9]\d*$/);
  for (const { physicalLocation } of result.locations) {
    assert.match(physicalLocation.artifactLocation.uri, /^(?![a-z]+:|\/)[\x21-\x7e]+$/i);
    const { region } = physicalLocation;
    if (region !== undefined) assert.ok(region.startLine >= 1 && (region.startColumn ?? 1) >= 1);
  }
  assert.equal(result.locations.length, 1);
}

describe('renderSarif()', () => {
  for (const [name, decision] of Object.entries(sampleDecisions)) {
    it(`of the sample "${name}" keeps to the standard`, () => {
      assertStandard(runOf(decision));
    });
  }

  it('of a clean run has every rule, no result and a successful invocation', () => {
    const run = runOf(aDecision());
    assert.deepEqual(run.results, []);
    assert.deepEqual(run.tool.driver.rules.map((rule) => rule.id), Object.keys(findingRules));
    assert.equal(run.invocations[0]?.executionSuccessful, true);
  });

  it('without a verdict is an unsuccessful run even when it has no result', () => {
    assert.equal(runOf(sampleDecisions.silent).invocations[0]?.executionSuccessful, false);
  });

  it('maps severities to levels, unknown to error', () => {
    const levels = (['deny', 'unknown', 'hold', 'notice'] as const).map((severity) => runOf(aDecisionWith([aFinding({ severity })])).results[0]?.level);
    assert.deepEqual(levels, ['error', 'error', 'warning', 'note']);
  });

  it('counts equal fingerprints and keeps them when only the line moves', () => {
    const hashes = runOf(aDecisionWith([aFindingAt('a.yaml', 1), aFindingAt('a.yaml', 9)])).results.map((one) => one.partialFingerprints.primaryLocationLineHash);
    const moved = runOf(aDecisionWith([aFindingAt('a.yaml', 5)])).results[0]?.partialFingerprints.primaryLocationLineHash;
    assert.deepEqual(hashes.map((hash) => hash.slice(-2)), [':1', ':2']);
    assert.equal(moved, hashes[0]);
  });

  it('marks a waived finding as suppressed', () => {
    assert.deepEqual(runOf(aDecisionWith([aFinding({ code: 'contract/schema_invalid', waived: true, inForce: 'notice' })])).results[0]?.suppressions, [{ kind: 'external', status: 'accepted' }]);
  });

  it('says of a waived finding who answers for it, with nothing in it alive', () => {
    const waiver = { owner: 'team:a', reason: 'see [here](x) {0}', until: '2027-01-01T00:00:00.000Z', daysLeft: 12 };
    const [result] = runOf(aDecisionWith([{ ...aFinding({ code: 'contract/schema_invalid', waived: true, inForce: 'notice' }), waiver }])).results;
    assert.deepEqual(result?.suppressions, [{ kind: 'external', status: 'accepted', justification: String.raw`waived for 12 more days, by team:a: see \[here\](x) {{0}}` }]);
  });

  it('gives every result a place, also a finding without a path', () => {
    const result = runOf(aDecisionWith([aFinding()])).results[0];
    assert.equal(result?.locations[0]?.physicalLocation.artifactLocation.uri, '.github/plumbline.yml');
    assert.match(result?.message.text ?? '', /^About the change as a whole: /);
  });

  it('links the page of each rule once it is known where they are published', () => {
    const rules = runOf(aDecision(), 'https://docs.example/plumbline/').tool.driver.rules;
    assert.equal(rules.find((rule) => rule.id === 'config/ratchet')?.helpUri, 'https://docs.example/plumbline/findings/config/ratchet.md');
    assert.ok(runOf(aDecision()).tool.driver.rules.every((rule) => rule.helpUri === undefined));
  });

  it('keeps a hostile path and message inert', () => {
    const run = runOf(aDecisionWith([aFindingAt('javascript:alert(1)//\u202e.yaml', 1, { message: '[click](https://evil.example) {0}' })]));
    assertStandard(run);
    assert.match(run.results[0]?.message.text ?? '', /^\\\[click\\\]\(https:\/\/evil\.example\) \{\{0\}\}/);
  });

  it('of a denied sample reads as its golden file, rules left out', () => {
    const log = JSON.parse(renderSarif(sampleDecisions.deny, {})) as { runs: { tool: { driver: { rules: unknown } } }[] };
    for (const run of log.runs) run.tool.driver.rules = '…';
    for (const result of runOf(sampleDecisions.deny).results) assert.ok(result.ruleIndex >= 0);
    const text = JSON.stringify(log, (key, value: unknown) => (key === 'ruleIndex' ? '…' : value), 2);
    assertGolden('sarif-deny.json', `${text}\n`);
  });
});
