import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOfAction } from '../../../../src/domain/action/action.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import { limits } from '../../../../src/domain/limits.ts';
import { isRootRepository } from '../../../../src/domain/root-repository.ts';
import { ownFileDeriver } from '../../../../src/gates/governance/own/own-file-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { aSide } from '../../../builders/content.ts';
import { privateKeyOf, publicJwk } from '../../../builders/signing-keys.ts';
import { codesOf, deriveWith, namesOf } from '../derive-with.ts';
import type { Deriving } from '../derive-with.ts';

const path = '.github/plumbline.yml';
const base = 'version: 1\nkeys: [k.json]\nrules:\n  contract/schema_invalid: enforce\n';
const document: JsonObject = { keys: ['k*.json'], governance: { policies: ['p/**'], bundles: [{ name: 'team', path: 't.tar.gz' }] }, drift: { behaviors: ['b/**'] }, playbooks: ['books/**'], waivers: ['w.yaml'], contracts: [{ name: 'c', paths: ['c/**'], schema: 's.json' }] };

function derive(files: readonly FileInput[], rest: Partial<Deriving> = {}): readonly string[] {
  return namesOf(deriveWith(ownFileDeriver, { files, document, ...rest }).actions);
}

describe('ownFileDeriver of a configuration', () => {
  it('derives nothing from a change of other files', () => {
    assert.deepEqual(derive([{ path: 'src/a.ts', base: 'a', head: 'b' }]), []);
  });

  it('tells a change that tightens as one action of tier 3', () => {
    assert.deepEqual(derive([{ path, base, head: `${base}  contract/removed: enforce\n` }]), [`3 config.change ${path}`]);
  });

  it('tells a change of comments alone as an action of tier 3 that loosens nothing', () => {
    assert.deepEqual(derive([{ path, base, head: `# why\n${base}` }]), [`3 config.change ${path}`]);
  });

  it('tells each loosened setting as an action of tier 4, where it stands at the head', () => {
    const head = 'version: 1\nkeys: [k.json, more.json]\nrules:\n  contract/schema_invalid: observe\n';
    const { actions } = deriveWith(ownFileDeriver, { files: [{ path, base, head }], document });
    assert.deepEqual(namesOf(actions), [`3 config.change ${path}`, `4 config.change ${path} /keys/1 governance/loosening`, `4 config.change ${path} /rules/contract~1schema_invalid governance/loosening`]);
    assert.deepEqual(actions.map(placeOfAction).map((place) => `${place?.line}:${place?.column}`), ['1:1', '2:16', '4:3']);
    assert.deepEqual([actions[2]?.evidence, actions[2]?.why], [{ from: 'enforce', to: 'observe' }, '`rules.contract/schema_invalid` is loosened: "enforce" becomes "observe".']);
  });

  it('tells numbers as numbers', () => {
    const { actions } = deriveWith(ownFileDeriver, { files: [{ path, base: `${base}governance: {approvals: {tier3: {count: 3}}}\n`, head: `${base}governance: {approvals: {tier3: {count: 1}}}\n` }], document });
    assert.deepEqual(actions.slice(1).map(({ why }) => why), ['`governance.approvals.tier3.count` is loosened: 3 becomes 1.']);
  });

  it('shows what is gone at the nearest part above it', () => {
    const { actions } = deriveWith(ownFileDeriver, { files: [{ path, base: 'version: 1\nwaivers: []\nplaybooks:\n  - a\n  - b\n', head: 'version: 1\nplaybooks:\n  - b\n' }], document });
    assert.deepEqual(actions.slice(1).map((action) => [action.subject.setting, placeOfAction(action)?.line, action.evidence]), [['/playbooks/0', 2, { from: 'a', to: null }]]);
  });

  it('tells which files the head names that the base did not read', () => {
    const { actions } = deriveWith(ownFileDeriver, { files: [{ path, base, head: `${base}waivers: [w2.yaml]\n` }], document });
    assert.deepEqual(actions.map(({ evidence }) => evidence), [{ names: [{ kind: 'waivers', glob: 'w2.yaml' }] }]);
  });

  it('tells that claims of agents are checked otherwise', () => {
    assert.deepEqual(derive([{ path, base, head: `${base}hallucination: {minConfidence: 0.9}\n` }]), [`3 config.change ${path}`, `3 evidence.config_change ${path} /hallucination`]);
  });

  it('denies taking the configuration away, also by putting a link in its place', () => {
    assert.deepEqual(derive([{ path, base, head: null }]), [`4 config.change ${path} governance/loosening`]);
    assert.deepEqual(derive([{ path, base, head: aSide('elsewhere', '120000') }]), [`4 config.change ${path} governance/loosening`]);
  });

  it('leaves a configuration that is not valid to the gate that refuses it', () => {
    assert.deepEqual(derive([{ path, base, head: 'version: 2\n' }]), [`3 config.change ${path}`]);
  });

  it('denies a change of more than the broken configuration, since nothing tells what it loosens', () => {
    const broken = [{ path, base: 'version: 3\n', head: base }, { path: 'src/a.ts', base: 'a', head: 'b' }];
    assert.deepEqual(derive(broken, { snapshot: { configuration: { repairs: [path] } } }), [`4 config.change ${path} governance/loosening`]);
  });

  it('denies bringing a vanished configuration back among other changes, since an older one judges', () => {
    const back = [{ path, head: 'version: 1\n' }, { path: 'src/a.ts', base: 'a', head: 'b' }];
    assert.deepEqual(derive(back, { snapshot: { configuration: { repairs: [path] } } }), [`4 config.change ${path} governance/loosening`]);
    assert.deepEqual(derive(back), [`3 config.change ${path}`]);
  });

  it('can not tell while the base is out of reach', () => {
    const { actions, findings } = deriveWith(ownFileDeriver, { files: [{ path, base, head: 'version: 1\n' }], document, world: { unavailable: () => true } });
    assert.deepEqual([namesOf(actions), codesOf(findings)], [[`3 config.change ${path}`], ['snapshot/unreadable unknown']]);
  });

  it('lists so many loosenings and counts the rest: attack', () => {
    const names = Array.from({ length: 100 }, (_, index) => `"f${index}"`).join(', ');
    const many = `version: 1\nplaybooks: [${names}]\ndrift: {behaviors: [${names}]}\n`;
    const { actions } = deriveWith(ownFileDeriver, { files: [{ path, base: many, head: 'version: 1\n' }], document });
    assert.deepEqual([actions.length, actions.at(-1)?.evidence['rest'], actions.at(-2)?.evidence['rest']], [1 + limits.loosenings, 100, undefined]);
  });

  it('compares branches with the default one where they are left out', () => {
    assert.deepEqual(derive([{ path, base, head: `${base}branches: [{entry: main, names: [main]}]\n` }]), [`3 config.change ${path}`]);
    assert.equal(derive([{ path, base, head: `${base}branches: [{entry: other, names: [other]}]\n` }]).length, 2);
  });

  it('reads the file of the organisation at the root alone', () => {
    assert.deepEqual(derive([{ path: 'plumbline.yml', base, head: 'version: 1\n' }]), []);
    assert.deepEqual(derive([{ path: 'plumbline.yml', base, head: 'version: 1\n' }], { isRoot: true }), ['3 config.change plumbline.yml']);
  });
});

describe('ownFileDeriver of keys', () => {
  const [one, two] = [publicJwk(privateKeyOf('ES256'), 'one'), publicJwk(privateKeyOf('EdDSA'), 'two')];
  const file = (...keys: readonly JsonObject[]): string => JSON.stringify({ keys });

  it('denies a key that comes, and lets one that goes be whitelisted', () => {
    assert.deepEqual(derive([{ path: 'k.json', base: file(one), head: file(one, two) }]), ['3 key.change k.json', '4 key.change k.json /keys/1 governance/loosening']);
    assert.deepEqual(derive([{ path: 'k.json', base: file(one, two), head: file(two) }]), ['3 key.change k.json']);
    assert.deepEqual(derive([{ path: 'k.json', base: file(one), head: null }]), ['3 key.change k.json']);
  });

  it('denies another key under a known name: attack', () => {
    assert.equal(derive([{ path: 'k.json', base: file(one), head: file({ ...two, kid: 'one' }) }]).length, 2);
  });

  it('lets a key move from file to file', () => {
    assert.deepEqual(derive([{ path: 'k.json', base: file(one), head: null }, { path: 'k2.json', head: file(one) }]), ['3 key.change k.json', '3 key.change k2.json']);
  });

  it('denies a later end or a wider use, not an earlier one', () => {
    const until = (notAfter: string): string => file({ ...one, notAfter });
    assert.equal(derive([{ path: 'k.json', base: until('2027-01-01'), head: until('2028-01-01') }]).length, 2);
    assert.equal(derive([{ path: 'k.json', base: until('2027-01-01'), head: file(one) }]).length, 2);
    assert.equal(derive([{ path: 'k.json', base: until('2027-01-01'), head: until('2026-12-01') }]).length, 1);
    assert.equal(derive([{ path: 'k.json', base: file(one), head: file({ ...one, use: 'sig' }) }]).length, 1);
  });
});

describe('ownFileDeriver of policies, behaviours, playbooks and schemas', () => {
  it('leaves an edit of Rego at tier 3, and denies that a rule goes', () => {
    assert.deepEqual(derive([{ path: 'p/a.rego', base: 'package a', head: 'package b' }]), ['3 policy.change p/a.rego']);
    assert.deepEqual(derive([{ path: 't.tar.gz', base: new Uint8Array([31, 139]), head: new Uint8Array([31, 139, 8]) }]), ['3 policy.change t.tar.gz']);
    assert.deepEqual(derive([{ path: 't.tar.gz', base: new Uint8Array([31, 139]), head: null }]), ['4 policy.change t.tar.gz governance/loosening']);
    assert.deepEqual(derive([{ path: 'p/a.rego', base: 'package a', head: null }]), ['4 policy.change p/a.rego governance/loosening']);
    assert.deepEqual(derive([{ path: 'p/a.rego', base: 'package a\nb := 1\n', head: 'package a\nb := 2\n' }]), ['3 policy.change p/a.rego']);
    assert.deepEqual(derive([{ path: 'p/a_test.rego', base: 'package a', head: null }]), ['3 policy.change p/a_test.rego']);
  });

  it('lets a rule move, but not to where nothing reads it', () => {
    assert.deepEqual(derive([{ path: 'p/a.rego', base: 'package a', head: null }, { path: 'p/b.rego', head: 'package a' }]), ['3 policy.change p/a.rego', '3 policy.change p/b.rego']);
    assert.deepEqual(derive([{ path: 'p/a.rego', base: 'package a', head: null }, { path: 'old/b.rego', head: 'package a' }]), ['4 policy.change p/a.rego governance/loosening']);
  });

  it('denies that a rule becomes a test or a text by its name', () => {
    const rule = 'package a\nb := 1\n';
    for (const to of ['p/a_test.rego', 'p/a.rego.txt']) {
      assert.deepEqual(derive([{ path: 'p/a.rego', base: rule, head: null }, { path: to, head: rule }]), ['4 policy.change p/a.rego governance/loosening', `3 policy.change ${to}`]);
    }
  });

  it('denies that a rule is emptied, or becomes no text at all', () => {
    const rule = 'package a\nimport rego.v1\n\nb if input.c\n';
    for (const head of ['', 'package a\n', '# b\npackage a # c\n  import rego.v1\r\n', aSide('elsewhere', '120000'), Uint8Array.of(0x70, 0xff)]) {
      assert.deepEqual(derive([{ path: 'p/a.rego', base: rule, head }]), ['4 policy.change p/a.rego governance/loosening']);
    }
    assert.deepEqual(derive([{ path: 'p/a.rego', base: 'package a\n', head: 'package b\n' }]), ['3 policy.change p/a.rego']);
    assert.deepEqual(derive([{ path: 'p/a_test.rego', base: rule, head: 'package a\n' }]), ['3 policy.change p/a_test.rego']);
  });

  it('can not tell whether a rule is emptied while its content is out of reach', () => {
    const { actions, findings } = deriveWith(ownFileDeriver, { files: [{ path: 'p/a.rego', base: 'package a\nb := 1\n', head: 'package a\n' }], document, world: { unavailable: () => true } });
    assert.deepEqual([namesOf(actions), codesOf(findings)], [['3 policy.change p/a.rego'], ['snapshot/unreadable unknown']]);
  });

  it('denies that a behaviour or one of its metrics goes, and tells a moved baseline', () => {
    const metric = (baseline: number): string => `metrics:\n  - {name: m, baseline: ${baseline}}\n`;
    assert.deepEqual(derive([{ path: 'b/x.yaml', base: metric(1), head: metric(2) }]), ['3 behavior.change b/x.yaml', '3 baseline.change b/x.yaml']);
    assert.deepEqual(derive([{ path: 'b/x.yaml', base: metric(1), head: 'metrics: []\n' }]), ['3 behavior.change b/x.yaml', '4 behavior.change b/x.yaml /metrics/m governance/loosening']);
    assert.deepEqual(derive([{ path: 'b/x.yaml', base: metric(1), head: null }]), ['4 behavior.change b/x.yaml governance/loosening']);
  });

  it('denies that a bound of a playbook goes or rises, not that it falls', () => {
    const bounds = (text: string): string => `bounds: {${text}}\n`;
    assert.deepEqual(derive([{ path: 'books/a.yaml', base: bounds('maxFiles: 3'), head: bounds('') }]), ['3 playbook.change books/a.yaml', '4 playbook.change books/a.yaml /bounds/maxFiles governance/loosening']);
    assert.equal(derive([{ path: 'books/a.yaml', base: bounds('maxFiles: 3'), head: bounds('maxFiles: 4') }]).length, 2);
    assert.deepEqual(derive([{ path: 'books/a.yaml', base: bounds('maxFiles: 3'), head: bounds('maxFiles: 2') }]), ['3 playbook.change books/a.yaml']);
  });

  it('denies each other way in which a playbook may do more, by the directions of its schema, and no change that asks for more', () => {
    const parts = { tier: 'tier: 3', trigger: 'trigger: {classes: [a]}', preconditions: 'preconditions: [{type: file-exists}]', bounds: 'bounds: {maxFiles: 1, maxRepositories: 5, pauseWindows: [{start: "0 0 * * 6", duration: 48h}]}', verification: 'verification: {probe: behavior, window: 1h}', rollback: 'rollback: revert', steps: 'steps: [{type: update-baseline}]' };
    const settings = (changes: Partial<typeof parts>, before: Partial<typeof parts> = {}): readonly string[] => {
      const text = (one: Partial<typeof parts>): string => Object.values({ ...parts, ...one }).join('\n');
      return deriveWith(ownFileDeriver, { files: [{ path: 'books/a.yaml', base: text(before), head: text(changes) }], document }).actions.slice(1).map(({ subject, tier }) => `${tier} ${subject.setting}`);
    };
    assert.deepEqual(settings({ tier: 'tier: 2' }), ['4 /tier']);
    assert.deepEqual(settings({ trigger: 'trigger: {classes: [a, "*"]}' }), ['4 /trigger/classes/1']);
    assert.deepEqual(settings({ preconditions: 'preconditions: []' }), ['4 /preconditions/0']);
    assert.deepEqual(settings({ bounds: 'bounds: {maxFiles: 1, maxRepositories: 6}' }), ['4 /bounds/maxRepositories', '4 /bounds/pauseWindows/0']);
    assert.deepEqual(settings({ verification: 'verification: {probe: finding, window: 61m}' }), ['4 /verification/probe', '4 /verification/window']);
    assert.deepEqual(settings({ rollback: 'rollback: {none: it can not}' }), ['4 /rollback']);
    assert.deepEqual(settings({ verification: 'verification: {probe: behavior, window: 59m}', rollback: 'rollback: roll-forward', steps: 'steps: [{type: revert-commit}]' }), []);
    assert.deepEqual(settings({}, { rollback: 'rollback: {none: it can not}', tier: 'tier: 1', trigger: 'trigger: {classes: [a, b]}', preconditions: 'preconditions: []' }), []);
  });

  it('takes the schema of contracts for configuration, unless it is governed as a schema', () => {
    assert.deepEqual(derive([{ path: 's.json', base: '{}', head: '{"type": "object"}' }]), ['3 config.change s.json']);
    assert.deepEqual(derive([{ path: 's.json', base: '{}', head: '{"type": "object"}' }], { document: { ...document, schemas: [{ paths: ['*.json'] }] } }).filter((name) => name.includes('s.json')), []);
  });

  it('gives a path of several kinds all of them', () => {
    assert.deepEqual(derive([{ path: 'k.json', base: '{"keys": []}', head: '{"keys": [ ]}' }], { document: { keys: ['k.json'], playbooks: ['k.json'] } }).toSorted(), ['3 key.change k.json', '3 playbook.change k.json']);
  });
});

describe('isRootRepository()', () => {
  const { repository } = aSnapshot();

  it('is true of the .github repository of an organisation, however it is written, and of no other', () => {
    assert.deepEqual(['.github', '.GitHub', 'github', 'shop'].map((name) => isRootRepository({ ...repository, name })), [true, true, false, false]);
  });

  it('is true of every repository of a user', () => {
    assert.equal(isRootRepository({ ...repository, account: { ...repository.account, kind: 'user' } }), true);
  });
});
