import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSettings } from '../../../../src/domain/behavior/settings/compare-settings.ts';
import type { SettingsComparison } from '../../../../src/domain/behavior/settings/compare-settings.ts';
import { readDeclaredSettings } from '../../../../src/domain/behavior/settings/declared-settings.ts';
import type { BranchRule, SettingsFacts } from '../../../../src/domain/behavior/settings/settings-facts.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';

const facts: SettingsFacts = {
  repository: { visibility: 'private', topics: ['b', 'a'], has_wiki: false, allow_squash_merge: true },
  rules: new Map([['main', []]]),
  rulesets: [{ name: 'protect', target: 'branch', enforcement: 'active' }],
};

function compare(declared: JsonObject, changes: Partial<SettingsFacts> = {}): SettingsComparison {
  const reading = readDeclaredSettings({ kind: 'RepositorySettings', ...declared });
  assert.ok(reading.kind === 'declared', JSON.stringify(reading));
  return compareSettings(reading.declared, { ...facts, ...changes });
}

const withRules = (...rules: readonly BranchRule[]): Partial<SettingsFacts> => ({ rules: new Map([['main', rules]]) });

test('compareSettings() finds no difference where all is as declared, topics in any order', () => {
  assert.deepEqual(compare({ visibility: 'private', topics: ['a', 'b'], features: { wiki: false }, merge: { squash: true }, rulesets: { protect: { enforcement: 'active' } } }), { kind: 'compared', differences: [] });
});

test('compareSettings() names what differs by its place in the declaration', () => {
  const comparison = compare({ visibility: 'public', topics: ['a'], merge: { squash: false }, rulesets: { protect: { enforcement: 'active', target: 'tag' }, other: { enforcement: 'active' } } });
  assert.deepEqual(comparison, {
    kind: 'compared',
    differences: [
      { kind: 'changed', setting: '/visibility', expected: 'public', found: 'private' },
      { kind: 'changed', setting: '/topics', expected: ['a'], found: ['b', 'a'] },
      { kind: 'changed', setting: '/merge/squash', expected: false, found: true },
      { kind: 'changed', setting: '/rulesets/protect', expected: { enforcement: 'active', target: 'tag' }, found: { enforcement: 'active', target: 'branch' } },
      { kind: 'missing', setting: '/rulesets/other', expected: { enforcement: 'active' }, found: null },
    ],
  });
});

test('compareSettings() tells nothing where GitHub does not show what is declared', () => {
  assert.deepEqual(compare({ visibility: 'public', merge: { rebase: true } }), { kind: 'incomparable', why: 'GitHub does not show this App the setting "allow_rebase_merge", which "/merge/rebase" declares' });
});

test('a rule that is not in force is missing, and of one that is only the declared parameters count', () => {
  const declared = { rules: { main: { deletion: {}, pull_request: { required_approving_review_count: 2 } } } };
  const rule = { type: 'pull_request', parameters: { required_approving_review_count: 1, dismiss_stale_reviews_on_push: true } };
  assert.deepEqual(compare(declared, withRules(rule)), {
    kind: 'compared',
    differences: [
      { kind: 'missing', setting: '/rules/main/deletion', expected: {}, found: null },
      { kind: 'changed', setting: '/rules/main/pull_request/required_approving_review_count', expected: 2, found: 1 },
    ],
  });
});

test('rules of one type from several rulesets hold together', () => {
  const checks = (...names: readonly string[]): BranchRule => ({ type: 'required_status_checks', parameters: { strict_required_status_checks_policy: true, required_status_checks: names.map((context) => ({ context, integration_id: 7 })) } });
  const declared = { rules: { main: { required_status_checks: { required_status_checks: [{ context: 'plumbline' }, { context: 'build' }] } } } };
  assert.deepEqual(compare(declared, withRules(checks('build'), checks('plumbline', 'lint'))), { kind: 'compared', differences: [] });
  const comparison = compare(declared, withRules(checks('build')));
  assert.deepEqual(comparison.kind === 'compared' ? comparison.differences.map(({ setting }) => setting) : comparison, ['/rules/main/required_status_checks/required_status_checks']);
});

test('attack: a list of words that allows more than declared is another one', () => {
  const declared = { rules: { main: { pull_request: { allowed_merge_methods: ['squash'] } } } };
  const comparison = compare(declared, withRules({ type: 'pull_request', parameters: { allowed_merge_methods: ['squash', 'merge'] } }));
  assert.equal(comparison.kind === 'compared' ? comparison.differences.length : comparison, 1);
});

test('attack: what every object has is no setting that was found', () => {
  const declared = { rules: { main: { pull_request: { constructor: {} } } } };
  const comparison = compare(declared, withRules({ type: 'pull_request', parameters: {} }));
  assert.deepEqual(comparison, { kind: 'compared', differences: [{ kind: 'changed', setting: '/rules/main/pull_request/constructor', expected: {}, found: null }] });
});

const invalid: Readonly<Record<string, JsonObject>> = {
  'another kind': { kind: 'Settings', visibility: 'public' },
  'a setting that no App sees': { kind: 'RepositorySettings', branchProtection: {} },
  'nothing declared': { kind: 'RepositorySettings' },
  'a branch without rules': { kind: 'RepositorySettings', rules: { main: {} } },
};

for (const [name, value] of Object.entries(invalid)) {
  test(`readDeclaredSettings() refuses ${name}`, () => {
    assert.equal(readDeclaredSettings(value).kind, 'invalid');
  });
}
