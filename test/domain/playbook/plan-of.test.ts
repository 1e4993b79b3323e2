import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { choosePlaybook } from '../../../src/domain/playbook/choose-playbook.ts';
import type { Difference, MeasuredDrift } from '../../../src/domain/playbook/measured-drift.ts';
import type { Plan, Planning } from '../../../src/domain/playbook/plan.ts';
import { planOf } from '../../../src/domain/playbook/plan-of.ts';
import { factsAbout } from '../../../src/domain/playbook/playbook-facts.ts';
import { planRollback } from '../../../src/domain/playbook/plan-rollback.ts';
import { commitName, planIn, playbookFrom, shippedPlaybooks } from '../../builders/a-playbook-repository.ts';
import type { MemoryRepository } from '../../builders/a-playbook-repository.ts';

const aPlaybook = (steps: readonly JsonValue[], changes: JsonObject = {}) => playbookFrom(JSON.stringify({
  kind: 'Playbook', id: 'mine', version: '1.0.0', title: 'Mine', description: 'Mends.', category: 'files', tier: 3, trigger: { classes: ['*'] }, steps,
  bounds: { maxFiles: 5, maxRepositories: 1 }, verification: { probe: 'behavior', window: '1h' }, rollback: 'revert', docs: 'docs/mine.md', ...changes,
}));

const aDrift = (...differences: readonly Partial<Difference>[]): MeasuredDrift => ({
  code: null, observed: 'file/changed', target: 'a.txt', owner: 'team:a',
  differences: differences.length === 0 ? [{ path: 'a.txt', template: null, name: null, expected: null, found: null }] : differences.map((one) => ({ path: null, template: null, name: null, expected: null, found: null, ...one })),
});

const inFiles = (...commits: readonly Readonly<Record<string, string | null>>[]): MemoryRepository => ({ history: commits.map((files) => new Map(Object.entries(files))) });

function filesOf(planning: Planning): Readonly<Record<string, string | null>> {
  if (planning.kind !== 'plan') throw new Error(JSON.stringify(planning));
  return Object.fromEntries(planning.plan.files.map(({ path, text }) => [path, text]));
}

function refusalOf(planning: Planning): string {
  return planning.kind === 'refused' ? `${planning.refusal.kind} ${planning.refusal.path ?? '-'}: ${planning.refusal.found}` : planning.kind;
}

function plannedIn(planning: Planning): Plan {
  if (planning.kind !== 'plan') throw new Error(JSON.stringify(planning));
  return planning.plan;
}

const contract = (version: string, spec: string, more = '', lifecycle = 'active'): string => `contractId: checkout\ncontractVersion: ${version}\npreviousContractRef: null\nlifecycle: ${lifecycle}\n${more}spec: ${spec}\n`;

const onContract = aDrift({ path: 'contracts/a.yaml' });

describe('planOf()', () => {
  it('asks for everything that it needs in one go, and takes what is missing for no answer', () => {
    const planning = planOf(aPlaybook([{ type: 'restore-file', from: 'template' }, { type: 'bump-contract', path: 'c.yaml' }]), factsAbout(aDrift({ path: 'a.txt', template: 'org:t.txt' }), '2027-01-01T00:00:00Z', false));
    assert.deepEqual(planning, { kind: 'unread', wanted: [{ kind: 'file', path: 'a.txt' }, { kind: 'file', path: 'c.yaml' }, { kind: 'contract', path: 'c.yaml' }, { kind: 'template', template: 'org:t.txt' }] });
  });

  it('gives the same plan, byte for byte, from the same facts, and another digest for another text', () => {
    const plan = (text: string) => plannedIn(planIn(inFiles({ 'a.txt': 'a' }), aPlaybook([{ type: 'write-file', text }]), aDrift()));
    assert.deepEqual(plan('b'), plan('b'));
    assert.notEqual(plan('b').digest, plan('c').digest);
  });

  it('has one digest whatever was measured', () => {
    const playbook = shippedPlaybooks().get('open-issue');
    const digest = (found: number) => (playbook === undefined ? '' : plannedIn(planIn(inFiles({}), playbook, aDrift({ name: 'score', expected: 1, found }))).digest);
    assert.equal(digest(0.5), digest(0.6));
  });

  it('gives a file the mode that it has, and a new one the plain mode', () => {
    const repository: MemoryRepository = { ...inFiles({}), others: new Map([['run.sh', { kind: 'file', text: 'a', mode: '100755' }]]) };
    const plan = plannedIn(planIn(repository, aPlaybook([{ type: 'write-file', path: 'run.sh', text: 'b' }, { type: 'write-file', path: 'new.sh', text: 'b' }]), aDrift()));
    assert.deepEqual(plan.files, [{ path: 'new.sh', text: 'b', mode: '100644', before: null }, { path: 'run.sh', text: 'b', mode: '100755', before: 'a' }]);
  });

  it('gives a managed file the mode of its template, also where nothing else of it differs', () => {
    for (const text of ['a', 'x']) {
      const repository: MemoryRepository = { ...inFiles({}), others: new Map([['run.sh', { kind: 'file', text, mode: '100644' }], ['t.sh', { kind: 'file', text: 'a', mode: '100755' }]]) };
      const plan = plannedIn(planIn(repository, aPlaybook([{ type: 'restore-file', from: 'template' }]), aDrift({ path: 'run.sh', template: 't.sh' })));
      assert.deepEqual(plan.files, [{ path: 'run.sh', text: 'a', mode: '100755', before: text }]);
    }
  });

  it('lets each step see what the one before it left', () => {
    const steps = [{ type: 'write-file', path: 'requirements.txt', text: 'flask\n' }, { type: 'pin-dependency', path: 'requirements.txt', to: 'locked' }];
    assert.deepEqual(filesOf(planIn(inFiles({}), aPlaybook(steps), aDrift({ path: 'requirements.txt', name: 'flask', expected: '3.0.3' }))), { 'requirements.txt': 'flask==3.0.3\n' });
  });

  it('tells the owner, and nobody where there is none', () => {
    const playbook = aPlaybook([{ type: 'write-file', text: 'b' }, { type: 'notify', to: 'owner', text: 'look' }, { type: 'notify', to: 'team:ops', text: 'look' }]);
    const told = (owner: string | null) => plannedIn(planIn(inFiles({}), playbook, { ...aDrift(), owner })).notices.map(({ to }) => to);
    assert.deepEqual([told('user:mona'), told(null)], [['user:mona', 'team:ops'], ['team:ops']]);
  });

  it('refuses a drift that its trigger does not cover', () => {
    assert.equal(refusalOf(planIn(inFiles({}), aPlaybook([{ type: 'write-file', text: 'b' }], { trigger: { classes: ['file/missing'] } }), aDrift())), 'trigger -: a drift of the class file/changed');
  });

  it('refuses more files than its bound, and writes none of them', () => {
    const steps = ['a', 'b'].map((path) => ({ type: 'write-file', path, text: 'x' }));
    assert.equal(refusalOf(planIn(inFiles({}), aPlaybook(steps, { bounds: { maxFiles: 1, maxRepositories: 1 } }), aDrift())), 'bounds -: 2 files to change');
  });

  it('refuses more bytes than its limit', () => {
    const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'x'.repeat(900_000)]));
    const drift = aDrift(...Object.keys(files).map((path) => ({ path: `${path}.txt`, template: path })));
    assert.equal(refusalOf(planIn(inFiles(files), aPlaybook([{ type: 'restore-file', from: 'template' }]), drift)), 'bounds -: 2700000 bytes to write');
  });

  it('refuses to write over what is no text file', () => {
    const repository: MemoryRepository = { ...inFiles({}), others: new Map([['a.txt', { kind: 'other', what: 'a symbolic link' }]]) };
    assert.equal(refusalOf(planIn(repository, aPlaybook([{ type: 'write-file', text: 'b' }]), aDrift())), 'content a.txt: a symbolic link');
  });

  it('refuses a step without a path where no file drifted', () => {
    assert.equal(refusalOf(planIn(inFiles({}), aPlaybook([{ type: 'write-file', text: 'b' }]), aDrift({ name: 'score' }))), 'path -: a drift of no file');
  });
});

describe('attacks: planOf() writes at no path that a measurement names', () => {
  for (const path of ['../a', '/etc/passwd', '.git/config', 'x/.Git/hooks/post-merge', '.github/workflows/ci.yml']) {
    it(`when it is ${path}`, () => {
      const planning = planIn(inFiles({ t: 'x' }), aPlaybook([{ type: 'restore-file', from: 'template' }]), aDrift({ path, template: 't' }));
      assert.match(refusalOf(planning), /^path /);
    });
  }

  it('and asks for no fact at a path outside of the repository or in the folder of git', () => {
    for (const path of ['../a', '.git/config']) assert.match(refusalOf(planOf(aPlaybook([{ type: 'write-file', text: 'b' }]), factsAbout(aDrift({ path }), '2027-01-01T00:00:00Z', true))), /^path /);
  });

  it('when a commit to revert has it', () => {
    const planning = planIn(inFiles({ '.github/workflows/ci.yml': 'a' }, { '.github/workflows/ci.yml': 'b' }), aPlaybook([{ type: 'revert-commit', commit: commitName(1) }]), aDrift());
    assert.match(refusalOf(planning), /^path .github\/workflows\/ci.yml: a workflow/);
  });
});

describe('the step restore-file', () => {
  it('refuses a file for which no template is named, and one whose template is not there', () => {
    const playbook = aPlaybook([{ type: 'restore-file', from: 'template' }]);
    assert.equal(refusalOf(planIn(inFiles({}), playbook, aDrift())), 'content a.txt: no template for it');
    assert.equal(refusalOf(planIn(inFiles({}), playbook, aDrift({ path: 'a.txt', template: 't' }))), 'content t: no template');
  });

  it('brings released content back with the state of now, also where it was set back', () => {
    const repository = inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }, { 'contracts/a.yaml': contract('1.0.0', 'one', '', 'deprecated') }, { 'contracts/a.yaml': contract('1.0.0', 'two', 'emergencyFlags: {halted: true}\n') });
    assert.deepEqual(filesOf(planIn(repository, aPlaybook([{ type: 'restore-file', from: 'release' }]), onContract)), { 'contracts/a.yaml': contract('1.0.0', 'one', 'emergencyFlags: {halted: true}\n', 'deprecated') });
  });

  it('refuses what was never released, and a path that no set covers', () => {
    const playbook = aPlaybook([{ type: 'restore-file', from: 'release' }]);
    assert.equal(refusalOf(planIn(inFiles({}), playbook, onContract)), 'contract contracts/a.yaml: no release at it');
    assert.equal(refusalOf(planIn(inFiles({}), playbook, aDrift())), 'contract a.txt: a path that no contract set covers');
  });
});

describe('the step set-contract-field', () => {
  const field = (name: string, value: JsonValue) => aPlaybook([{ type: 'set-contract-field', field: name, value }]);

  it('sets a flag beside the others, and makes the member where it is missing', () => {
    assert.deepEqual(filesOf(planIn(inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }), field('emergencyFlags.halted', true), onContract)), { 'contracts/a.yaml': contract('1.0.0', 'one', 'emergencyFlags: {halted: true}\n') });
  });

  it('refuses a state that can not be reached, by the record and not by what the file says', () => {
    const repository = inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one', '', 'retired') }, { 'contracts/a.yaml': contract('1.0.0', 'one', '', 'deprecated') });
    assert.equal(refusalOf(planIn(repository, field('lifecycle', 'active'), onContract)), 'contract contracts/a.yaml: checkout 1.0.0, which is retired');
  });

  it('refuses a field without a value where the drift expects none', () => {
    assert.equal(refusalOf(planIn(inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }), aPlaybook([{ type: 'set-contract-field', field: 'lifecycle' }]), onContract)), 'content contracts/a.yaml: no value for lifecycle');
  });
});

describe('the step bump-contract', () => {
  it('refuses a level that says less than what changed', () => {
    const repository = inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }, { 'contracts/a.yaml': contract('1.0.0', 'two') });
    assert.equal(refusalOf(planIn(repository, aPlaybook([{ type: 'bump-contract', level: 'patch' }]), onContract)), 'contract contracts/a.yaml: a change that asks for 2.0.0');
  });

  it('raises the version by as much as the schemas of the contract say that changed, the strictest where several do', () => {
    const schema = (changed: string): JsonObject => ({ properties: { spec: { 'x-plumbline-change': changed } } });
    const version = (schemas: readonly JsonValue[], level?: string): string => {
      const repository = { ...inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }, { 'contracts/a.yaml': contract('1.0.0', 'two') }), schemas };
      const planning = planIn(repository, aPlaybook([{ type: 'bump-contract', ...(level === undefined ? {} : { level }) }]), onContract);
      return planning.kind === 'plan' ? (/contractVersion: (.*)/.exec(planning.plan.files[0]?.text ?? '')?.[1] ?? '') : refusalOf(planning);
    };
    assert.deepEqual([[schema('cosmetic')], [schema('additive')], [schema('breaking')], [schema('cosmetic'), schema('additive')], [{}], []].map((schemas) => version(schemas)), ['1.0.1', '1.1.0', '2.0.0', '1.1.0', '2.0.0', '2.0.0']);
    assert.deepEqual([version([schema('cosmetic')], 'patch'), version([schema('additive')], 'patch')], ['1.0.1', 'contract contracts/a.yaml: a change that asks for 1.1.0']);
  });

  it('takes the signature of the release away and names its key', () => {
    const signed = contract('1.0.0', 'one', 'kmsKeyRef: local:k\nsignature: abc\n');
    const plan = plannedIn(planIn(inFiles({ 'contracts/a.yaml': signed }), aPlaybook([{ type: 'bump-contract', level: 'patch' }]), onContract));
    assert.deepEqual(plan.unsigned, [{ path: 'contracts/a.yaml', contractId: 'checkout', key: 'local:k' }]);
    assert.doesNotMatch(plan.files[0]?.text ?? '', /signature/);
  });

  it('writes beside the release in versioned paths', () => {
    const repository: MemoryRepository = { ...inFiles({ 'contracts/a/v1.yaml': contract('1.0.0', 'one') }), layout: 'versioned' };
    const planning = planIn(repository, aPlaybook([{ type: 'bump-contract', level: 'major' }]), aDrift({ path: 'contracts/a/v1.yaml' }));
    assert.deepEqual(Object.keys(filesOf(planning)), ['contracts/a/v2.yaml']);
  });

  it('refuses a contract that is retired', () => {
    assert.equal(refusalOf(planIn(inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one', '', 'retired') }), aPlaybook([{ type: 'bump-contract', level: 'major' }]), onContract)), 'contract contracts/a.yaml: checkout 1.0.0, which is retired');
  });
});

describe('the step roll-forward', () => {
  it('refuses to go on from what was not released', () => {
    const repository = inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }, { 'contracts/a.yaml': contract('2.0.0', 'two') }, { 'contracts/a.yaml': contract('2.0.0', 'three') });
    assert.equal(refusalOf(planIn(repository, aPlaybook([{ type: 'roll-forward' }]), onContract)), 'contract contracts/a.yaml: another content than that of checkout 2.0.0');
  });

  it('says no more than the schemas of the contract ask for', () => {
    const repository = { ...inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }, { 'contracts/a.yaml': contract('1.1.0', 'two') }), schemas: [{ properties: { spec: { 'x-plumbline-change': 'additive' } } }] };
    assert.match(filesOf(planIn(repository, aPlaybook([{ type: 'roll-forward' }]), onContract))['contracts/a.yaml'] ?? '', /contractVersion: 1\.2\.0\n[^]*spec: one/);
  });

  it('keeps the flags of now', () => {
    const repository = inFiles({ 'contracts/a.yaml': contract('1.0.0', 'one') }, { 'contracts/a.yaml': contract('2.0.0', 'two', 'emergencyFlags: {humanApprovalRequired: true}\n') });
    assert.match(filesOf(planIn(repository, aPlaybook([{ type: 'roll-forward' }]), onContract))['contracts/a.yaml'] ?? '', /contractVersion: 3\.0\.0\n.*\n.*\nemergencyFlags: \{humanApprovalRequired: true\}\nspec: one/);
  });
});

describe('the step revert-commit', () => {
  const revert = aPlaybook([{ type: 'revert-commit', commit: commitName(1) }]);

  it('gives what came back, and takes what came away', () => {
    assert.deepEqual(filesOf(planIn(inFiles({ a: '1', b: '1' }, { a: '2', b: null, c: '1' }), revert, aDrift())), { a: '1', b: '1', c: null });
  });

  it('refuses where a file changed since: the work of others is never undone', () => {
    assert.equal(refusalOf(planIn(inFiles({ a: '1' }, { a: '2' }, { a: '3' }), revert, aDrift())), 'commit a: a file that changed again since');
  });

  it('refuses a commit that is not there, and where none is named', () => {
    assert.match(refusalOf(planIn(inFiles({ a: '1' }), revert, aDrift())), /^commit -: no commit 000000000000 /);
    assert.equal(refusalOf(planIn(inFiles({ a: '1' }), aPlaybook([{ type: 'revert-commit' }]), aDrift())), 'commit -: no commit');
  });
});

describe('the step pin-dependency', () => {
  const pin = (text: string, difference: Partial<Difference>, path = 'package.json') => planIn(inFiles({ [path]: text }), aPlaybook([{ type: 'pin-dependency', to: 'locked' }]), aDrift({ path, ...difference }));
  const refusals: readonly (readonly [string, Planning, string])[] = [
    ['a range instead of a version', pin('{"dependencies": {"a": "^1"}}', { name: 'a', expected: '^1.0.0' }), 'dependency package.json: "^1.0.0"'],
    ['no version at all', pin('{"dependencies": {"a": "^1"}}', { name: 'a' }), 'dependency package.json: no version in a lock file'],
    ['a package of another place', pin('{"dependencies": {"a": "git+https://example.com/a"}}', { name: 'a', expected: '1.0.0' }), 'dependency package.json: "a" from "git+https://example.com/a"'],
    ['a file that it can not edit', pin('a = 1\n', { name: 'a', expected: '1.0.0' }, 'pyproject.toml'), 'dependency pyproject.toml: the file "pyproject.toml"'],
    ['a requirement with hashes', pin('a==1 --hash=sha256:00\n', { name: 'a', expected: '1.0.0' }, 'requirements.txt'), 'dependency requirements.txt: "a" with an address, hashes or on several lines'],
    ['a requirement with an address', pin('a @ https://example.com/a.whl\n', { name: 'a', expected: '1.0.0' }, 'requirements.txt'), 'dependency requirements.txt: "a" with an address, hashes or on several lines'],
    ['a version that is an option of pip', pin('a\n', { name: 'a', expected: '1 --index-url x' }, 'requirements.txt'), 'dependency requirements.txt: "1 --index-url x"'],
    ['no package', pin('a\n', {}, 'requirements.txt'), 'dependency requirements.txt: a drift that names no package'],
  ];
  for (const [what, planning, refusal] of refusals) it(`refuses ${what}`, () => assert.equal(refusalOf(planning), refusal));

  it('writes requirements under every name that pip is given them by', () => {
    for (const path of ['requirements-dev.txt', 'requirements/base.txt', 'app/requirements/test.in', 'constraints.txt', 'dev-constraints.in']) assert.deepEqual(filesOf(pin('a>=1 # why\n', { name: 'a', expected: '1.0.0' }, path)), { [path]: 'a==1.0.0 # why\n' }, path);
    for (const path of ['notes.txt', 'docs/requirements.md', 'requirements/base.toml']) assert.match(refusalOf(pin('a>=1\n', { name: 'a', expected: '1.0.0' }, path)), /^dependency .+: the file /, path);
  });

  it("keeps npm's lock file under its other name in step too, and refuses to choose between both", () => {
    const lock = JSON.stringify({ packages: { '': { dependencies: { a: '^1' } }, 'node_modules/a': { version: '1.2.0' } } });
    const plan = (files: Readonly<Record<string, string>>) => planIn(inFiles({ 'package.json': '{"dependencies": {"a": "^1"}}', ...files }), aPlaybook([{ type: 'pin-dependency', to: 'locked' }]), aDrift({ path: 'package.json', name: 'a' }));
    assert.deepEqual(filesOf(plan({ 'npm-shrinkwrap.json': lock })), { 'package.json': '{"dependencies": {"a": "1.2.0"}}', 'npm-shrinkwrap.json': lock.replace('^1', '1.2.0') });
    assert.equal(refusalOf(plan({ 'npm-shrinkwrap.json': lock, 'package-lock.json': lock })), 'dependency package.json: both npm-shrinkwrap.json and package-lock.json beside it');
    for (const other of ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb']) assert.equal(refusalOf(plan({ [other]: 'x' })), `dependency package.json: the lock file ${other} beside it`);
  });

  it('refuses the manifest of a workspace, whose lock file stands further up', () => {
    const plan = (files: Readonly<Record<string, string>>) => planIn(inFiles({ 'apps/web/package.json': '{"dependencies": {"a": "^1"}}', ...files }), aPlaybook([{ type: 'pin-dependency', to: 'locked' }]), aDrift({ path: 'apps/web/package.json', name: 'a', expected: '1.2.0' }));
    for (const lock of ['package-lock.json', 'apps/yarn.lock']) assert.equal(refusalOf(plan({ [lock]: '{}' })), `dependency apps/web/package.json: the lock file ${lock} further up, and none beside it`);
    assert.deepEqual(Object.keys(filesOf(plan({ 'apps/web/package-lock.json': '{"packages": {"node_modules/a": {"version": "1.2.0"}}}', 'package-lock.json': '{}', 'apps/api/yarn.lock': '' }))), ['apps/web/package.json']);
  });

  it('refuses another version than the lock file has', () => {
    const lock = JSON.stringify({ packages: { '': { dependencies: { a: '^1' } }, 'node_modules/a': { version: '1.2.0' } } });
    const planning = planIn(inFiles({ 'package.json': '{"dependencies": {"a": "^1"}}', 'package-lock.json': lock }), aPlaybook([{ type: 'pin-dependency', to: 'locked' }]), aDrift({ path: 'package.json', name: 'a', expected: '1.1.0' }));
    assert.equal(refusalOf(planning), 'dependency package.json: "1.2.0" in the lock file');
  });

  it('takes the entry of a package that goes out of the lock file, unless another package wants it', () => {
    const lock = (wants: JsonObject): string => JSON.stringify({ packages: { '': { dependencies: { a: '^1', b: '^1' } }, 'node_modules/a': { version: '1.2.0' }, 'node_modules/b': { version: '1.0.0', dependencies: wants } } });
    const left = (wants: JsonObject) => Object.keys(JSON.parse(filesOf(planIn(inFiles({ 'package.json': '{"dependencies": {"a": "^1", "b": "^1"}}', 'package-lock.json': lock(wants) }), aPlaybook([{ type: 'pin-dependency', to: 'none' }]), aDrift({ path: 'package.json', name: 'a' })))['package-lock.json'] ?? '{}').packages);
    assert.deepEqual([left({}), left({ a: '*' })], [['', 'node_modules/b'], ['', 'node_modules/a', 'node_modules/b']]);
  });
});

describe('the step update-baseline', () => {
  const behavior = 'metrics:\n  - {name: s, samples: /s, baselineSamples: b.json, tolerance: {relative: 0.1}}\n';
  const measured = (found: JsonValue) => aDrift({ path: 'behaviors/a.yaml', name: 's', found });
  const refresh = aPlaybook([{ type: 'update-baseline' }]);

  it('writes samples where the behaviour has them, and keeps what made them', () => {
    assert.deepEqual(filesOf(planIn(inFiles({ 'behaviors/a.yaml': behavior, 'b.json': '{"values": [1, 1, 1, 1], "seed": 4}\n' }), refresh, measured([2, 2, 2, 2]))), { 'b.json': '{"values": [2, 2, 2, 2], "seed": 4}\n' });
  });

  it('refuses too few values, values that are none, and a metric that is not there', () => {
    for (const found of [[1, 2, 3], [1, 2, 3, null], 'NaN', null]) assert.match(refusalOf(planIn(inFiles({ 'behaviors/a.yaml': behavior, 'b.json': '[]' }), refresh, measured(found))), /^baseline behaviors\/a.yaml: nothing measured/);
    assert.equal(refusalOf(planIn(inFiles({ 'behaviors/a.yaml': 'metrics: []\n' }), refresh, measured(1))), 'baseline behaviors/a.yaml: no metric "s"');
  });
});

describe('planRollback()', () => {
  it('refuses for a playbook that has none, with its reason', () => {
    const planning = planIn(inFiles({ a: '1' }), aPlaybook([{ type: 'write-file', text: 'b' }], { rollback: { none: 'It is gone.' } }), aDrift(), '2027-01-01T00:00:00Z', (facts) => planRollback(aPlaybook([{ type: 'write-file', text: 'b' }], { rollback: { none: 'It is gone.' } }), facts, commitName(0)));
    assert.deepEqual(planning.kind === 'refused' ? [planning.refusal.kind, planning.refusal.next] : [], ['content', 'It is gone.']);
  });

  it('releases what a halt or a version replaced in the way that contracts allow', () => {
    const [one, two] = [contract('1.0.0', 'one'), contract('2.0.0', 'two')];
    const playbook = aPlaybook([{ type: 'roll-forward' }], { rollback: 'roll-forward' });
    const back = (...texts: readonly string[]) => filesOf(planIn(inFiles(...texts.map((text) => ({ 'contracts/a.yaml': text }))), playbook, onContract, '2027-01-01T00:00:00Z', (facts) => planRollback(playbook, facts, commitName(texts.length - 1))))['contracts/a.yaml'];
    assert.equal(back(one, contract('1.0.0', 'one', 'emergencyFlags: {halted: true}\n')), one);
    assert.match(back(one, two) ?? '', /contractVersion: 3\.0\.0\n[^]*spec: one/);
  });
});

test('choosePlaybook() takes what is named where its trigger covers the drift, and else tells', () => {
  const playbooks = [...shippedPlaybooks().values()];
  const chosen = (named: string | null, observed: string) => {
    const choice = choosePlaybook(playbooks, { named, code: null, observed });
    return `${choice.kind} ${choice.playbook.id}${choice.kind === 'told' ? `: ${choice.why}` : ''}`;
  };
  assert.equal(chosen('restore-managed-file', 'file/changed'), 'chosen restore-managed-file');
  assert.equal(chosen('restore-managed-file', 'metric/shifted'), 'told open-issue: restore-managed-file is not for drifts of the class metric/shifted, so this is told by open-issue.');
  assert.equal(chosen('restore-managed-fil', 'file/changed'), 'told open-issue: There is no playbook "restore-managed-fil" (did you mean "restore-managed-file"?), so this is told by open-issue.');
  for (const observed of ['metric/shifted', 'file/changed', 'contract/diverged']) assert.equal(chosen(null, observed), 'chosen open-issue', 'none is taken by its trigger alone, a moved baseline least of all');
});
