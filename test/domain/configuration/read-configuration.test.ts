import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readConfiguration } from '../../../src/domain/configuration/read-configuration.ts';
import { findingsAbout, validDocument } from './read-text.ts';

test('a configuration with every key that the format has is valid', () => {
  const document = validDocument(`version: 1
branches: [{entry: main, names: [main], require: true}]
contracts:
  - name: workspace
    paths: ["contracts/**/*.{yaml,yml,json}"]
    schema: builtin:workspace-contract/v2
    fields: {contractId: /metadata/name, lifecycle: {value: active}, contractVersion: {from: path}}
    signatures: required
    layout: in-place
schemas:
  - {paths: ["schemas/**/*.schema.json"], compatibility: full_transitive, preset: semantic, layout: versioned}
keys: [".plumbline/keys.jwks.json"]
governance:
  policies: ["policies/**/*.rego"]
  bundles: [{name: team, path: policies/team.tar.gz}, {name: shared, url: "https://policies.example/shared.tar.gz", digest: "sha256:${'0'.repeat(64)}"}]
  actions: [{action: infra.change, tier: 3, paths: ["infra/**"]}]
  requests: {paths: ["requests/**/*.yaml"], tiers: {budget.raise: 3}}
  repositoryMaxTier: 2
  whitelist:
    - {action: "workflow.*", actors: ["team:platform"], paths: [".github/workflows/**"], until: 2027-03-31, owner: "team:platform", reason: "owns CI"}
  approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["team:governance"]}, root: {count: 0}, reviews: false}
hallucination:
  agents: [{login: "*[bot]", except: ["dependabot[bot]"], operator: "team:platform"}]
  evidence: [".plumbline/evidence/*.json"]
  minConfidence: 0.85
  quotas: [{scope: agent, tokensPerDay: 2000000, costPerMonth: 300, zone: UTC}]
drift: {behaviors: ["behaviors/**/*.yaml"], strict: true, schedule: "17 3 * * *", remediation: propose, confirmAfter: 60s, repairTarget: 2m, pauseWindows: [{start: "0 22 * * 5", duration: 60h, reason: planned}]}
rules: {"contract/schema_invalid": observe, "*": warn until 2027-01-01}
waivers: [".plumbline/waivers.yaml"]
registries: {npm: {names: ["@acme/*"], url: "https://packages.acme.example"}}
playbooks: ["playbooks/**/*.yaml"]
`);
  assert.equal(Object.keys(document).length, 12);
});

test('a mistyped key is refused with its place and the key that was meant', () => {
  const [found] = findingsAbout('version: 1\ncontracts:\n  - name: a\n    paths: [x]\n    signature: required\n');
  assert.deepEqual(
    { code: found?.code, line: found?.line, column: found?.column, found: found?.found, expected: found?.expected, next: found?.next },
    { code: 'config/invalid', line: 5, column: 5, found: '"signature"', expected: '`signatures`', next: 'Write `signatures` instead.' },
  );
});

test('every mistake is reported at once, each where it stands', () => {
  const findings = findingsAbout('version: 2\nrules:\n  contract/schema_invald: observe\ndrift: {strict: maybe}\nkeys: ["../keys.json"]\n');
  assert.deepEqual(new Set(findings.map(({ line, column }) => `${line}:${column}`)), new Set(['1:1', '3:3', '4:9', '5:8']));
});

const refused: Readonly<Record<string, string>> = {
  'an empty file': '',
  'a list': '- version: 1\n',
  'a missing version': 'contracts: []\n',
  'a duplicate key': 'version: 1\nversion: 1\n',
  'an alias': 'version: 1\nkeys: &k [a]\nwaivers: *k\n',
  'a prototype key': 'version: 1\n__proto__: {}\n',
  'an inherited name as a rule': 'version: 1\nrules: {constructor: observe}\n',
  'a day that no calendar has': 'version: 1\nrules: {"*": warn until 2027-02-30}\n',
  'a rule mode without a date': 'version: 1\nrules: {"*": warn}\n',
  'a pattern that would match everything else': 'version: 1\ncontracts: [{name: a, paths: ["!a"]}]\n',
  'a pattern that leaves the repository': 'version: 1\nwaivers: ["../x"]\n',
  'an extended pattern': 'version: 1\nwaivers: ["+(a|b)"]\n',
  'a pattern of 300 characters': `version: 1\nwaivers: ["${'a'.repeat(300)}"]\n`,
  'two sets of one name': 'version: 1\ncontracts: [{name: a, paths: [x]}, {name: a, paths: [y]}]\n',
  'two entries of one name': 'version: 1\nbranches: [{entry: a, names: [x]}, {entry: a, names: [y]}]\n',
  'a set without paths': 'version: 1\ncontracts: [{name: a, paths: []}]\n',
  'a pointer that is none': 'version: 1\ncontracts: [{name: a, paths: [x], fields: {contractId: id}}]\n',
  'a field from elsewhere': 'version: 1\ncontracts: [{name: a, paths: [x], fields: {contractId: {from: head}}}]\n',
  'a field of two kinds': 'version: 1\ncontracts: [{name: a, paths: [x], fields: {contractId: {from: path, value: x}}}]\n',
  'a fixed lifecycle that there is not': 'version: 1\ncontracts: [{name: a, paths: [x], fields: {lifecycle: {value: live}}}]\n',
  'a fixed version that is none': 'version: 1\ncontracts: [{name: a, paths: [x], fields: {contractVersion: {value: "1.0"}}}]\n',
  'a fixed text as flags': 'version: 1\ncontracts: [{name: a, paths: [x], fields: {emergencyFlags: {value: "none"}}}]\n',
  'a remote schema': 'version: 1\ncontracts: [{name: a, paths: [x], schema: "https://evil.example/s.json"}]\n',
  'no approval at all': 'version: 1\ngovernance: {approvals: {tier3: {count: 0}}}\n',
  'a whitelist entry for ever': 'version: 1\ngovernance: {whitelist: [{action: "x.*", actors: ["user:a"], owner: "user:a", reason: r}]}\n',
  'a bundle without a name': 'version: 1\ngovernance: {bundles: [{path: a.tar.gz}]}\n',
  'a bundle from nowhere': 'version: 1\ngovernance: {bundles: [{name: a}]}\n',
  'a bundle that is no archive': 'version: 1\ngovernance: {bundles: [{name: a, path: a.wasm}]}\n',
  'a bundle outside of the repository': 'version: 1\ngovernance: {bundles: [{name: a, path: ../a.tar.gz}]}\n',
  'a bundle at an address that nothing pins': 'version: 1\ngovernance: {bundles: [{name: a, url: "https://policies.example/a.tar.gz"}]}\n',
  'a bundle that is pinned by something else': `version: 1\ngovernance: {bundles: [{name: a, url: "https://policies.example/a.tar.gz", digest: "sha1:${'0'.repeat(40)}"}]}\n`,
  'a bundle at an address with a password': `version: 1\ngovernance: {bundles: [{name: a, url: "https://eve:x@policies.example/a.tar.gz", digest: "sha256:${'0'.repeat(64)}"}]}\n`,
  'a bundle in two places': `version: 1\ngovernance: {bundles: [{name: a, path: a.tar.gz, url: "https://policies.example/a.tar.gz", digest: "sha256:${'0'.repeat(64)}"}]}\n`,
  'a digest of a file': `version: 1\ngovernance: {bundles: [{name: a, path: a.tar.gz, digest: "sha256:${'0'.repeat(64)}"}]}\n`,
  'two bundles of one name': 'version: 1\ngovernance: {bundles: [{name: a, path: a.tar.gz}, {name: a, path: b.tar.gz}]}\n',
  'an unknown tier': 'version: 1\ngovernance: {actions: [{action: a.b, tier: 5, paths: [x]}]}\n',
};

for (const [what, text] of Object.entries(refused)) {
  test(`a configuration with ${what} is invalid`, () => {
    const findings = findingsAbout(text);
    assert.deepEqual(findings.map(({ code, severity, path }) => ({ code, severity, path }))[0], { code: 'config/invalid', severity: 'deny', path: '.github/plumbline.yml' });
    assert.ok(findings.every(({ line, column }) => (line ?? 0) >= 1 && (column ?? 0) >= 1));
  });
}

test('a fixed value that no contract can have is refused where it stands', () => {
  const [found, ...others] = findingsAbout('version: 1\ncontracts:\n  - name: a\n    paths: [x]\n    fields:\n      lifecycle: {value: live}\n      contractVersion: {value: 1.0.0}\n');
  assert.deepEqual([found?.line, found?.column, found?.found, found?.expected, others], [6, 19, '"live"', 'one of draft, active, deprecated, retired', []]);
});

test('a bundle that nothing pins is refused in words', () => {
  const [found, ...others] = findingsAbout('version: 1\ngovernance:\n  bundles:\n    - {name: a, url: "https://policies.example/a.tar.gz"}\n');
  assert.deepEqual([found?.line, found?.expected, others], [4, 'the key `digest` beside `url`', []]);
  assert.equal(findingsAbout('version: 1\ngovernance: {bundles: [{name: a}]}\n')[0]?.expected, 'the key `path` or `url`');
});

test('bytes that are no text are invalid', () => {
  assert.equal(findingsAbout(new Uint8Array([0xff, 0xfe, 0x00]))[0]?.code, 'config/invalid');
});

test('whatever text a file holds, reading it ends with a document or with findings', () => {
  const lines = fc.array(fc.oneof(fc.constantFrom('version: 1', 'rules:', '  "*": observe', 'contracts:', '  - name: a', '    paths: [', 'x]', '? {}', '- - -', 'keys: !!set {a}', '%YAML 1.1', '---'), fc.string({ maxLength: 12 })), { maxLength: 8 });
  fc.assert(
    fc.property(lines, (parts) => {
      const reading = readConfiguration(new TextEncoder().encode(parts.join('\n')), 'x.yml');
      assert.ok(reading.kind === 'valid' || reading.findings.length > 0);
    }),
    { seed: 7, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 10_000 : 100 },
  );
});
