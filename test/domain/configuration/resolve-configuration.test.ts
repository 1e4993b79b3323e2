import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigurationLevel, ConfigurationVersion } from '../../../src/domain/configuration/judging-version.ts';
import { resolveConfiguration } from '../../../src/domain/configuration/resolve-configuration.ts';
import type { ConfigurationState } from '../../../src/domain/snapshot.ts';

const valid = 'version: 1\ncontracts: [{name: a, paths: [x]}]\n';
const broken = 'version: 1\ncontract: []\n';
const [newest, older, oldest] = ['3', '2', '1'].map((digit) => digit.repeat(40));

function version(commit: string | undefined, text: string | null): ConfigurationVersion {
  return { commit: commit ?? '', bytes: text === null ? null : new TextEncoder().encode(text) };
}

function level(overrides: Partial<ConfigurationLevel> = {}): ConfigurationLevel {
  return { repository: 'acme/shop', path: '.github/plumbline.yml', versions: [version(newest, valid)], exhausted: true, seen: true, unreadable: null, ...overrides };
}

function organizationLevel(overrides: Partial<ConfigurationLevel> = {}): ConfigurationLevel {
  return level({ repository: 'acme/.github', path: 'plumbline.yml', versions: [version(newest, 'version: 1\n')], ...overrides });
}

function resolve(repository: ConfigurationLevel, organization: ConfigurationLevel | null = null): ConfigurationState {
  const resolution = resolveConfiguration({ organization, repository, defaultBranch: 'main', requiredByBranch: null });
  assert.equal(resolution.kind, 'resolved', JSON.stringify(resolution));
  return resolution.kind === 'resolved' ? resolution.state : assert.fail();
}

function summary(state: ConfigurationState) {
  return { kind: state.kind, judge: state.repository?.commit ?? null, codes: state.findings.map(({ code, severity }) => `${code} ${severity}`), repairs: state.repairs };
}

const path = '.github/plumbline.yml';

test('a valid newest version judges without a word', () => {
  assert.deepEqual(summary(resolve(level())), { kind: 'effective', judge: newest, codes: [], repairs: [] });
});

test('the repository where the organisation configures is its root, in whatever case its name is written', () => {
  const roots = ['acme/.github', 'Acme/.GitHub', 'acme/shop'].map((repository) => resolve(level({ repository }), organizationLevel()).effective?.isRoot);
  assert.deepEqual(roots, [true, true, false]);
});

test('an absent configuration that was never seen is none', () => {
  const state = resolve(level({ versions: [version(newest, null)], seen: false, exhausted: false }));
  assert.deepEqual({ ...summary(state), effective: state.effective }, { kind: 'none', judge: null, codes: [], repairs: [], effective: null });
});

test('an invalid newest version lets the newest valid one before it judge and names both commits', () => {
  const state = resolve(level({ versions: [version(newest, broken), version(older, broken), version(oldest, valid)], exhausted: false }));
  assert.deepEqual(summary(state), { kind: 'effective', judge: oldest, codes: ['config/base_invalid notice'], repairs: [path] });
  const [found] = state.findings;
  assert.ok(found?.message.includes(String(newest)) && found.message.includes(String(oldest)));
  assert.deepEqual([found?.line, found?.column], [2, 1]);
});

test('an invalid version that never was valid before blocks every change', () => {
  const state = resolve(level({ versions: [version(newest, broken)], seen: false }));
  assert.deepEqual(summary(state), { kind: 'unusable', judge: null, codes: ['config/base_invalid deny'], repairs: [path] });
  assert.deepEqual(state.effective?.ownGlobs, [{ kind: 'configuration', glob: path }]);
});

test('a configuration that was seen and is gone is judged by the last valid one, not taken for none', () => {
  const state = resolve(level({ versions: [version(newest, null), version(older, valid)], exhausted: false }));
  assert.deepEqual(summary(state), { kind: 'effective', judge: older, codes: ['config/base_invalid notice'], repairs: [path] });
});

test('older history is asked for while no valid version is known and some is left', () => {
  const wanted = { organization: null, repository: level({ versions: [version(newest, broken)], exhausted: false }), defaultBranch: 'main', requiredByBranch: null };
  assert.deepEqual(resolveConfiguration(wanted), { kind: 'need-older', level: 'repository' });
  assert.deepEqual(resolveConfiguration({ ...wanted, organization: organizationLevel({ versions: [version(newest, broken)], exhausted: false }) }), { kind: 'need-older', level: 'organization' });
});

test('a file that is too large to read counts as invalid, not as absent', () => {
  const state = resolve(level({ versions: [{ commit: newest ?? '', bytes: null, unusable: 'it is too large' }], seen: false }));
  assert.deepEqual(summary(state).codes, ['config/base_invalid deny']);
});

test('an organisation configuration that can not be read makes every change inconclusive', () => {
  const state = resolve(level(), organizationLevel({ versions: [], unreadable: 'the repository is gone' }));
  assert.deepEqual(summary(state), { kind: 'unusable', judge: newest, codes: ['config/unreadable unknown'], repairs: [] });
});

test('an organisation configuration that vanished is judged by the last valid one', () => {
  const state = resolve(level(), organizationLevel({ versions: [version(newest, null), version(older, 'version: 1\n')] }));
  assert.deepEqual([state.kind, state.organization?.commit, state.findings[0]?.code, state.repairs], ['effective', older, 'config/base_invalid', []]);
});

test('a loosening that already stands in the base is a notice, since the stricter value counts', () => {
  const state = resolve(level({ versions: [version(newest, 'version: 1\nrules: {"*": observe}\n')] }), organizationLevel());
  assert.deepEqual(summary(state).codes, ['config/ratchet notice']);
  assert.deepEqual(state.effective?.rules, {});
});

test("a broken organisation configuration can be repaired in the organisation's own repository", () => {
  const organization = organizationLevel({ versions: [version(newest, broken), version(older, 'version: 1\n')] });
  const state = resolve(level({ repository: 'acme/.github', versions: [version(newest, null)], seen: false }), organization);
  assert.deepEqual(state.repairs, ['plumbline.yml']);
  assert.ok(state.effective?.ownGlobs.some(({ glob }) => glob === 'plumbline.yml'));
});

test('the state names where each level was read, with a digest of its bytes', () => {
  const state = resolve(level(), organizationLevel());
  assert.deepEqual([state.organization?.repository, state.organization?.path, state.organizationText], ['acme/.github', 'plumbline.yml', 'version: 1\n']);
  assert.match(state.repository?.digest ?? '', /^sha256:[0-9a-f]{64}$/);
});
