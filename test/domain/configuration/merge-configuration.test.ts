import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeConfiguration } from '../../../src/domain/configuration/merge-configuration.ts';
import { contractSetsOf } from '../../../src/domain/contract/contract-sets-of.ts';
import { validDocument } from './read-text.ts';

function merge(organization: string | null, repository: string | null) {
  return mergeConfiguration({
    organization: organization === null ? null : validDocument(organization),
    repository: repository === null ? null : validDocument(repository),
    defaultBranch: 'main',
    ...(repository === null ? {} : { repositoryText: repository }),
  });
}

test('a repository without an organisation is configured by its own file alone', () => {
  const { configuration, findings } = merge(null, 'version: 1\ncontracts: [{name: a, paths: [x]}]\nrules: {"*": observe}\n');
  assert.deepEqual(findings, []);
  assert.deepEqual(configuration.rules, { '*': { kind: 'observe' } });
  assert.deepEqual(configuration.branches, [{ entry: 'main', names: ['main'], require: true, isDefault: true }]);
  assert.deepEqual(configuration.contracts[0]?.fields.lifecycle, { kind: 'pointer', pointer: '/lifecycle' });
});

test('nothing configured anywhere governs the default branch and the own file alone', () => {
  const { configuration } = merge(null, null);
  assert.deepEqual([configuration.contracts, configuration.ownGlobs], [[], [{ kind: 'configuration', glob: '.github/plumbline.yml' }]]);
});

test('what a repository adds and tightens counts beside the organisation', () => {
  const { configuration, findings } = merge(
    'version: 1\ncontracts: [{name: a, paths: [x], signatures: optional}]\nrules: {"contract/schema_invalid": observe}\nwaivers: [w1]\n',
    'version: 1\ncontracts: [{name: a, paths: [y], signatures: required}, {name: b, paths: [z]}]\nrules: {"contract/schema_invalid": enforce}\nwaivers: [w2]\n',
  );
  assert.deepEqual(findings, []);
  assert.deepEqual(configuration.contracts.map(({ name, paths, signatures }) => ({ name, paths, signatures })), [
    { name: 'a', paths: ['x'], signatures: 'required' },
    { name: 'a', paths: ['y'], signatures: 'required' },
    { name: 'b', paths: ['z'], signatures: 'optional' },
  ]);
  assert.deepEqual(configuration.rules, { 'contract/schema_invalid': { kind: 'enforce' } });
  assert.deepEqual(configuration.document['waivers'], ['w1', 'w2']);
});

test('a loosened key is refused by name, values and place, and counts as the organisation has it', () => {
  const { configuration, findings } = merge('version: 1\ncontracts: [{name: a, paths: [x], signatures: required}]\n', 'version: 1\ncontracts:\n  - name: a\n    paths: [x]\n    signatures: optional\n');
  assert.deepEqual(findings.map(({ code, severity, line, column, expected, found }) => ({ code, severity, line, column, expected, found })), [
    { code: 'config/ratchet', severity: 'deny', line: 5, column: 5, expected: '"required"', found: '"optional"' },
  ]);
  assert.match(findings[0]?.message ?? '', /contracts\.0\.signatures/);
  assert.equal(configuration.contracts[0]?.signatures, 'required');
});

const loosenings: readonly (readonly [what: string, organization: string, repository: string, key: string])[] = [
  ['observing everything', 'version: 1\n', 'version: 1\nrules: {"*": observe}\n', 'rules.*'],
  ['observing one code that the organisation warns of', 'version: 1\nrules: {"contract/schema_invalid": warn until 2027-01-01}\n', 'version: 1\nrules: {"contract/schema_invalid": observe}\n', 'rules.contract/schema_invalid'],
  ['warning for longer', 'version: 1\nrules: {"*": warn until 2027-01-01}\n', 'version: 1\nrules: {"*": warn until 2027-01-02}\n', 'rules.*'],
  ['a lower confidence than the default', 'version: 1\n', 'version: 1\nhallucination: {minConfidence: 0.5}\n', 'hallucination.minConfidence'],
  ['lax drift', 'version: 1\n', 'version: 1\ndrift: {strict: false}\n', 'drift.strict'],
  ['merging by itself', 'version: 1\n', 'version: 1\ndrift: {remediation: auto}\n', 'drift.remediation'],
  ['fewer approvals', 'version: 1\n', 'version: 1\ngovernance: {approvals: {tier3: {count: 1}}}\n', 'governance.approvals.tier3.count'],
  ['reviews as approvals', 'version: 1\n', 'version: 1\ngovernance: {approvals: {reviews: true}}\n', 'governance.approvals.reviews'],
  ['another approver', 'version: 1\ngovernance: {approvals: {tier3: {from: ["team:a"]}}}\n', 'version: 1\ngovernance: {approvals: {tier3: {from: ["team:a", "user:eve"]}}}\n', 'governance.approvals.tier3.from'],
  ['another key', 'version: 1\nkeys: [a.jwks]\n', 'version: 1\nkeys: [a.jwks, eve.jwks]\n', 'keys'],
  ['a further reach of its whitelist', 'version: 1\n', 'version: 1\ngovernance: {repositoryMaxTier: 3}\n', 'governance.repositoryMaxTier'],
  ['a lower tier of a request', 'version: 1\n', 'version: 1\ngovernance: {requests: {tiers: {budget.raise: 1}}}\n', 'governance.requests.tiers.budget.raise'],
  ['a bigger quota', 'version: 1\nhallucination: {quotas: [{scope: agent, tokensPerDay: 5}]}\n', 'version: 1\nhallucination: {quotas: [{scope: agent, tokensPerDay: 6}]}\n', 'hallucination.quotas.0.tokensPerDay'],
  ['an agent that needs no evidence', 'version: 1\nhallucination: {agents: [{login: "*"}]}\n', 'version: 1\nhallucination: {agents: [{login: "*", except: [eve]}]}\n', 'hallucination.agents.0.except'],
  ['another schema of a contract set', 'version: 1\ncontracts: [{name: a, paths: [x], schema: s.json}]\n', 'version: 1\ncontracts: [{name: a, paths: [x], schema: any.json}]\n', 'contracts.0.schema'],
  ['a fixed lifecycle', 'version: 1\ncontracts: [{name: a, paths: [x]}]\n', 'version: 1\ncontracts: [{name: a, paths: [x], fields: {lifecycle: {value: draft}}}]\n', 'contracts.0.fields'],
  ['a bundle of its own', 'version: 1\n', 'version: 1\ngovernance: {bundles: [{name: a, path: a.tar.gz}]}\n', 'governance.bundles'],
  ['a branch that nobody has to protect', 'version: 1\n', 'version: 1\nbranches: [{entry: main, names: [main], require: false}]\n', 'branches.0.require'],
];

for (const [what, organization, repository, key] of loosenings) {
  test(`a repository can not loosen the organisation by ${what}`, () => {
    const { findings, configuration } = merge(organization, repository);
    assert.deepEqual(findings.map((one) => one.code), ['config/ratchet']);
    assert.ok(findings[0]?.message.includes(`\`${key}\``), findings[0]?.message);
    assert.deepEqual(configuration.rules, merge(organization, null).configuration.rules);
  });
}

test('a repository that governs other branches keeps the default branch governed', () => {
  const { configuration } = merge('version: 1\n', 'version: 1\nbranches: [{entry: release, names: ["release/*"]}]\n');
  assert.deepEqual(configuration.branches.map(({ entry, isDefault }) => [entry, isDefault]), [['main', true], ['release', false]]);
});

test('a path that a repository adds to a lax set stays with the strict set of the organisation that has it', () => {
  const { configuration } = merge('version: 1\ncontracts: [{name: lax, paths: ["a/**"]}, {name: strict, paths: ["b/**"], signatures: required}]\n', 'version: 1\ncontracts: [{name: lax, paths: ["b/**", "c/**"]}]\n');
  assert.equal(contractSetsOf(configuration, 'b/x')[0]?.signatures, 'required');
  assert.equal(contractSetsOf(configuration, 'c/x')[0]?.name, 'lax');
});

test('a branch that a repository adds to an entry shares its roll-up', () => {
  const { configuration } = merge('version: 1\nbranches: [{entry: main, names: [main]}]\n', 'version: 1\nbranches: [{entry: main, names: ["release/*"]}]\n');
  assert.deepEqual(configuration.branches.map(({ entry, names, isDefault }) => [entry, names, isDefault]), [['main', ['main'], true], ['main', ['release/*'], true]]);
});

test('a general rule of the repository does not lower a code that the organisation enforces', () => {
  const { configuration } = merge('version: 1\nrules: {"*": observe, "contract/schema_invalid": enforce}\n', 'version: 1\nrules: {"*": observe}\n');
  assert.deepEqual(configuration.rules, { '*': { kind: 'observe' }, 'contract/schema_invalid': { kind: 'enforce' } });
});

test("a repository's whitelist entries reach only as far as the organisation lets them", () => {
  const entry = '{action: "x.*", actors: ["user:eve"], until: 2027-01-01, owner: "user:eve", reason: r, maxTier: 4}';
  const { configuration } = merge('version: 1\n', `version: 1\ngovernance: {whitelist: [${entry}]}\n`);
  assert.deepEqual(JSON.stringify(configuration.document).match(/"maxTier":\d/g), ['"maxTier":2']);
});

test('the own paths are everything that the configuration reads, schemas named literally', () => {
  const { configuration } = merge(
    null,
    'version: 1\ncontracts: [{name: a, paths: [x], schema: "s[1].json"}, {name: b, paths: [y], schema: builtin:workspace-contract/v2}]\nkeys: [k]\nwaivers: [w]\nplaybooks: [p]\ndrift: {behaviors: [b]}\ngovernance: {policies: [r], requests: {paths: [q]}}\n',
  );
  assert.deepEqual(configuration.ownGlobs.map(({ glob }) => glob), ['.github/plumbline.yml', String.raw`s\[1\].json`, 'k', 'r', 'w', 'b', 'p']);
  assert.deepEqual(configuration.requestPaths, ['q']);
});

test("the organisation's own file, and what it keeps for all repositories, are own paths of its `.github` alone", () => {
  const ownGlobs = (isRoot: boolean) => mergeConfiguration({ organization: validDocument('version: 1\nwaivers: [w1]\ngovernance: {bundles: [{name: a, path: a.tar.gz}]}\n'), repository: validDocument('version: 1\nwaivers: [w2]\n'), defaultBranch: 'main', isRoot }).configuration.ownGlobs.map(({ kind, glob }) => `${kind} ${glob}`);
  assert.deepEqual(ownGlobs(false), ['configuration .github/plumbline.yml', 'waivers w2']);
  assert.deepEqual(ownGlobs(true), ['configuration plumbline.yml', 'configuration .github/plumbline.yml', 'bundle a.tar.gz', 'organization-waivers w1', 'waivers w2']);
});
