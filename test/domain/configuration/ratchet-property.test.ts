import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Configuration, ContractSet, RuleMode } from '../../../src/domain/configuration/configuration.ts';
import { bundlesOf } from '../../../src/domain/configuration/bundles-of.ts';
import { rolesOf } from '../../../src/domain/configuration/governed-roles.ts';
import { entryOf } from '../../../src/domain/configuration/entry-of.ts';
import { member } from '../../../src/domain/configuration/member.ts';
import { mergeConfiguration } from '../../../src/domain/configuration/merge-configuration.ts';
import { validateConfiguration } from '../../../src/domain/configuration/validate-configuration.ts';
import { contractSetsOf } from '../../../src/domain/contract/contract-sets-of.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { repeatedIdentities } from '../../../src/domain/configuration/repeated-identities.ts';
import { configurationKeys } from '../../../src/domain/configuration/configuration-key.ts';
import { anyConfiguration as document, ruleCodes as codes } from './any-configuration.ts';

const runs = { seed: 11, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150 };

const paths = ['a/x', 'a/y', 'b/x', 'w', 'k', 's.json', '.github/plumbline.yml'];
test('generated configurations are valid ones', () => {
  fc.assert(fc.property(document, (one) => assert.deepEqual([validateConfiguration(one), repeatedIdentities(configurationKeys, one)], [[], []])), { ...runs, numRuns: 100 });
});

test('whatever a repository writes, the configuration in force is never looser than the organisation alone', () => {
  fc.assert(
    fc.property(document, document, (organization, repository) => {
      const alone = mergeConfiguration({ organization, repository: null, defaultBranch: 'main' }).configuration;
      const merged = mergeConfiguration({ organization, repository, defaultBranch: 'main' }).configuration;
      assert.deepEqual(loosened(merged, alone), []);
    }),
    runs,
  );
});

test('a repository that writes what the organisation writes loosens nothing', () => {
  fc.assert(
    fc.property(document, ({ waivers: _theirs, ...shared }) => {
      // Waiver files are each level's own: those of a repository are governed paths more.
      const organization = { version: 1, ...shared };
      const { configuration, findings } = mergeConfiguration({ organization, repository: organization, defaultBranch: 'main' });
      assert.deepEqual(findings, []);
      assert.deepEqual(loosened(mergeConfiguration({ organization, repository: null, defaultBranch: 'main' }).configuration, configuration), []);
    }),
    runs,
  );
});

function pauses(configuration: Configuration): readonly string[] {
  return member.objects(member.object(configuration.document, 'drift'), 'pauseWindows').map((window) => JSON.stringify(window));
}

/** Written without looking at the directions: what a reader would call looser. */
function loosened(merged: Configuration, alone: Configuration): readonly string[] {
  const checks: readonly (readonly [string, boolean])[] = [
    ...paths.map((path) => [`roles of ${path}`, rolesOf(alone, path).every((role) => rolesOf(merged, path).includes(role))] as const),
    ...paths.map((path) => [`set of ${path}`, isAsStrictSet(contractSetsOf(merged, path), contractSetsOf(alone, path))] as const),
    ...[...codes, 'contract/removed'].map((code) => [`rule ${code}`, strictness(merged, code) >= strictness(alone, code)] as const),
    ...['main', 'release/1', 'x'].map((branch) => [`branch ${branch}`, isAsGoverned(merged, alone, branch)] as const),
    ['keys', alone.document['keys'] === undefined || merged.keys.every((key) => alone.keys.includes(key))],
    ['strict', !isStrict(alone) || isStrict(merged)],
    ['remediation', remediation(merged) <= remediation(alone)],
    ['schedule', JSON.stringify(member.object(merged.document, 'drift')['schedule']) === JSON.stringify(member.object(alone.document, 'drift')['schedule'])],
    ...Object.entries({ confirmAfter: '60s', repairTarget: '2m' }).map(([key, usual]) => [key, (member.object(merged.document, 'drift')[key] ?? usual) === (member.object(alone.document, 'drift')[key] ?? usual)] as const),
    ['pauses', pauses(alone).every((pause) => pauses(merged).includes(pause))],
    ['bundles', JSON.stringify(bundlesOf(merged.document)) === JSON.stringify(bundlesOf(alone.document))],
    ['confidence', confidence(merged) >= confidence(alone)],
    ['reviews', approvals(alone)['reviews'] === true || approvals(merged)['reviews'] !== true],
    ...(['tier2', 'tier3'] as const).map((tier) => [tier, isAsStrictTier(merged, alone, tier)] as const),
    ...['a.b', 'c.d', 'e.f'].map((action) => [`tier of ${action}`, requestTier(merged, action) >= requestTier(alone, action)] as const),
  ];
  return checks.filter(([, holds]) => !holds).map(([what]) => what);
}

function shapeOf(set: ContractSet | undefined): string {
  return JSON.stringify([set?.name, set?.schema, set?.layout, set?.fields]);
}

/** The first set says what a contract is; the schemas of all must be satisfied. */
function isAsStrictSet([merged, ...more]: readonly ContractSet[], [alone, ...others]: readonly ContractSet[]): boolean {
  if (alone === undefined) return true;
  const schemas = new Set(more.map((set) => set.schema));
  return shapeOf(merged) === shapeOf(alone) && (alone.signatures === 'optional' || merged?.signatures === 'required') && others.every((set) => set.schema === null || schemas.has(set.schema));
}

/** Codes that can not be waived are lowered by `*` alone. */
function strictness(configuration: Configuration, code: string): number {
  const general = rank(configuration.rules['*']);
  const own = code in configuration.rules ? rank(configuration.rules[code]) : general;
  return code === 'contract/schema_invalid' || general === 0 ? own : 3;
}

function rank(rule: RuleMode | undefined): number {
  if (rule === undefined || rule.kind === 'enforce') return 3;
  if (rule.kind === 'observe') return 0;
  return rule.until.startsWith('2028') ? 1 : 2;
}

function isAsGoverned(merged: Configuration, alone: Configuration, branch: string): boolean {
  const before = entryOf(alone, branch);
  const after = entryOf(merged, branch);
  return before === null || (after !== null && (!before.require || after.require));
}

function isStrict(configuration: Configuration): boolean {
  return member.object(configuration.document, 'drift')['strict'] !== false;
}

function remediation(configuration: Configuration): number {
  return ['report', 'propose', 'auto'].indexOf(member.text(member.object(configuration.document, 'drift'), 'remediation') ?? 'propose');
}

function confidence(configuration: Configuration): number {
  return member.number(member.object(configuration.document, 'hallucination'), 'minConfidence') ?? 0.85;
}

function approvals(configuration: Configuration): JsonObject {
  return member.object(member.object(configuration.document, 'governance'), 'approvals');
}

function isAsStrictTier(merged: Configuration, alone: Configuration, tier: 'tier2' | 'tier3'): boolean {
  const [after, before] = [member.object(approvals(merged), tier), member.object(approvals(alone), tier)];
  const fallback = tier === 'tier2' ? 1 : 2;
  const isNarrower = before['from'] === undefined || member.texts(after, 'from').every((one) => member.texts(before, 'from').includes(one));
  return isNarrower && (member.number(after, 'count') ?? fallback) >= (member.number(before, 'count') ?? fallback);
}

function requestTier(configuration: Configuration, action: string): number {
  const requests = member.object(member.object(configuration.document, 'governance'), 'requests');
  return member.number(member.object(requests, 'tiers'), action) ?? 3;
}
