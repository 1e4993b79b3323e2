import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looseningsBetween } from '../../../src/domain/configuration/loosenings-between.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';

/** Where the head loosens the base, with what it was and is. */
function loosened(base: JsonObject, head: JsonObject): readonly string[] {
  return looseningsBetween({ version: 1, ...base }, { version: 1, ...head }).map(({ pointer, from, to }) => `${pointer} ${JSON.stringify(from)} ${JSON.stringify(to)}`);
}

function approvals(tier3: JsonObject): JsonObject {
  return { governance: { approvals: { tier3 } } };
}

const set = { name: 'a', paths: ['a/**'] };
const other = { name: 'b', paths: ['b/**'] };

test('what stays as it is loosens nothing, whatever its form and the order of members', () => {
  assert.deepEqual(loosened({ rules: { '*': 'observe', 'contract/removed': 'enforce' } }, { rules: { 'contract/removed': 'enforce', '*': 'observe' } }), []);
});

test('a number of approvals that goes up loosens nothing, one that goes down or away does', () => {
  assert.deepEqual(loosened(approvals({ count: 2 }), approvals({ count: 3 })), []);
  assert.deepEqual(loosened(approvals({ count: 3 }), approvals({ count: 1 })), ['/governance/approvals/tier3/count 3 1']);
  assert.deepEqual(loosened(approvals({ count: 3 }), {}), ['/governance/approvals/tier3/count 3 2']);
});

test('a number of approvals below the default loosens what the base left out', () => {
  assert.deepEqual(loosened({}, approvals({ count: 1 })), ['/governance/approvals/tier3/count 2 1']);
  assert.deepEqual(loosened({}, approvals({ count: 2 })), []);
});

test('an approver that is added loosens, one that goes does not, and leaving all out does', () => {
  assert.deepEqual(loosened(approvals({ from: ['team:a'] }), approvals({ from: ['team:a', 'user:b'] })), ['/governance/approvals/tier3/from/1 null "user:b"']);
  assert.deepEqual(loosened(approvals({ from: ['team:a', 'user:b'] }), approvals({ from: ['team:a'] })), []);
  assert.deepEqual(loosened(approvals({ from: ['team:a'] }), approvals({})), ['/governance/approvals/tier3/from ["team:a"] null']);
});

test('a key file that is added loosens, also where none was named', () => {
  assert.deepEqual(loosened({}, { keys: ['k'] }), ['/keys/0 null "k"']);
  assert.deepEqual(loosened({ keys: ['k', 'l'] }, { keys: ['l'] }), []);
  assert.deepEqual(loosened({ keys: ['k'] }, {}), []);
});

test('a rule that goes from enforce to warn, from warn to a later day or to observe loosens, and the other way round tightens', () => {
  const modes = ['enforce', 'warn until 2027-01-01', 'warn until 2028-01-01', 'observe'];
  for (const [strict, from] of modes.entries()) {
    for (const [lax, to] of modes.entries()) {
      const found = loosened({ rules: { 'contract/schema_invalid': from } }, { rules: { 'contract/schema_invalid': to } });
      assert.equal(found.length > 0, strict < lax, `${from} to ${to}`);
    }
  }
});

test('a rule that goes away counts with what `*` says, and else as enforced', () => {
  assert.deepEqual(loosened({ rules: { 'contract/removed': 'observe' } }, {}), []);
  assert.deepEqual(loosened({ rules: { '*': 'observe', 'contract/removed': 'enforce' } }, { rules: { '*': 'observe' } }), ['/rules/contract~1removed "enforce" "observe"']);
  assert.deepEqual(loosened({}, { rules: { '*': 'observe' } }), ['/rules/* "enforce" "observe"']);
});

test('a contract set that is added loosens nothing, one that goes or loses a path does', () => {
  assert.deepEqual(loosened({ contracts: [set] }, { contracts: [set, other] }), []);
  assert.deepEqual(loosened({ contracts: [set, other] }, { contracts: [other] }), ['/contracts/0 {"name":"a","paths":["a/**"]} null']);
  assert.deepEqual(loosened({ contracts: [{ ...set, paths: ['a/**', 'c'] }] }, { contracts: [set] }), ['/contracts/0/paths/1 "c" null']);
  assert.deepEqual(loosened({ contracts: [set] }, {}), ['/contracts/0 {"name":"a","paths":["a/**"]} null']);
});

test('contract sets that change places loosen nothing while they say the same of fields, or can not match one file', () => {
  assert.deepEqual(loosened({ contracts: [set, other] }, { contracts: [other, set] }), []);
  assert.deepEqual(loosened({ contracts: [set, { ...other, fields: { contractId: '/id' } }] }, { contracts: [{ ...other, fields: { contractId: '/id' } }, set] }), []);
});

test('a contract set that is put before another and says where its fields stand takes it over: attack', () => {
  const thief = { name: 'thief', paths: ['a/x/**'], fields: { contractId: { value: 'mine' } } };
  assert.deepEqual(looseningsBetween({ contracts: [set] }, { contracts: [thief, set] }).map(({ pointer }) => pointer), ['/contracts']);
  assert.deepEqual(loosened({ contracts: [set] }, { contracts: [set, thief] }), []);
});

test('a branch entry that is put before another takes its branches over: attack', () => {
  const main = { entry: 'main', names: ['main'] };
  assert.deepEqual(looseningsBetween({ branches: [main] }, { branches: [{ entry: 'x', names: ['*'] }, main] }).map(({ pointer }) => pointer), ['/branches']);
  assert.deepEqual(loosened({ branches: [main] }, { branches: [main, { entry: 'x', names: ['*'] }] }), []);
});

test('the schema of a set may come, but not change or go', () => {
  const at = (schema?: string): JsonObject => ({ contracts: [schema === undefined ? set : { ...set, schema }] });
  assert.deepEqual(loosened(at(), at('s.json')), []);
  assert.deepEqual(loosened(at('s.json'), at('t.json')), ['/contracts/0/schema "s.json" "t.json"']);
  assert.deepEqual(loosened(at('s.json'), at()), ['/contracts/0/schema "s.json" null']);
});

test('the fields of a set do not move without it being a loosening, not even the first ones', () => {
  assert.deepEqual(loosened({ contracts: [set] }, { contracts: [{ ...set, fields: { contractId: '/id' } }] }), ['/contracts/0/fields {} {"contractId":"/id"}']);
});

test('a mode of compatibility that covers the one before loosens nothing, any other does', () => {
  const modes = ['none', 'backward', 'backward_transitive', 'forward', 'forward_transitive', 'full', 'full_transitive'];
  const at = (compatibility: string): JsonObject => ({ schemas: [{ paths: ['s/**'], compatibility }] });
  const stricter = modes.flatMap((from) => modes.filter((to) => to !== from && loosened(at(from), at(to)).length === 0).map((to) => `${from} to ${to}`));
  assert.deepEqual(stricter.length, 15, stricter.join(', '));
  assert.deepEqual(loosened(at('full'), at('backward_transitive')), ['/schemas/0/compatibility "full" "backward_transitive"']);
});

test('a schema set that stands elsewhere in the list, with more paths or a stricter mode, is the same one', () => {
  const base = { schemas: [{ paths: ['s/**'] }, { paths: ['t/**'] }] };
  assert.deepEqual(loosened(base, { schemas: [{ paths: ['t/**', 'u'] }, { paths: ['s/**'], compatibility: 'full' }] }), []);
  assert.deepEqual(loosened(base, { schemas: [{ paths: ['t/**'] }] }), ['/schemas/0 {"paths":["s/**"]} null']);
});

test('an action of its own may get a higher tier and more paths, not a lower tier', () => {
  const at = (tier: number, ...paths: readonly string[]): JsonObject => ({ governance: { actions: [{ action: 'infra.change', tier, paths }] } });
  assert.deepEqual(loosened(at(2, 'i/**'), at(3, 'j', 'i/**')), []);
  assert.deepEqual(loosened(at(3, 'i/**'), at(2, 'i/**')), ['/governance/actions/0/tier 3 2']);
});

test('the whitelist and the waiver files are free: what they let pass is let pass by the approvals of their change', () => {
  const entry = { action: '*', actors: ['user:a'], until: '2027-01-01', owner: 'user:a', reason: 'r' };
  assert.deepEqual(loosened({ governance: { whitelist: [entry] } }, { governance: { whitelist: [{ ...entry, actors: ['user:b'] }, entry] }, waivers: ['w'] }), []);
  assert.deepEqual(loosened({ governance: { whitelist: [entry] }, waivers: ['w'] }, {}), []);
});

test('what has no order counts as loosened when it changes, and the schedule and registries also when they come', () => {
  assert.deepEqual(loosened({}, { drift: { schedule: '1 1 1 1 *' } }), ['/drift/schedule null "1 1 1 1 *"']);
  assert.deepEqual(looseningsBetween({}, { registries: { npm: { names: ['@a/*'] } } }).map(({ pointer }) => pointer), ['/registries']);
  assert.deepEqual(loosened({ hallucination: { quotas: [{ scope: 'agent', tokensPerDay: 5 }] } }, { hallucination: { quotas: [{ scope: 'agent' }] } }), ['/hallucination/quotas/0/tokensPerDay 5 null']);
});

test('a login that needs no evidence loosens when it comes, not when it goes', () => {
  const at = (...except: readonly string[]): JsonObject => ({ hallucination: { agents: [{ login: '*[bot]', except }] } });
  assert.deepEqual(loosened(at('a'), at('a', 'b')), ['/hallucination/agents/0/except/1 null "b"']);
  assert.deepEqual(loosened(at('a', 'b'), at('a')), []);
});

test('what only the root says loosens in one direction and not in the other', () => {
  assert.deepEqual(loosened({ governance: { repositoryMaxTier: 2 } }, { governance: { repositoryMaxTier: 3 } }), ['/governance/repositoryMaxTier 2 3']);
  assert.deepEqual(loosened({ governance: { repositoryMaxTier: 2 } }, { governance: { repositoryMaxTier: 1 } }), []);
  assert.deepEqual(loosened({}, { governance: { approvals: { root: { count: 0 } } } }), ['/governance/approvals/root/count 1 0']);
});

test('no two loosenings have one pointer, also where several items become one', () => {
  const base = { schemas: [{ paths: ['a'], compatibility: 'full' }, { paths: ['a', 'b'], compatibility: 'full' }] };
  const pointers = looseningsBetween(base, { schemas: [{ paths: ['a'], compatibility: 'none' }] }).map(({ pointer }) => pointer);
  assert.deepEqual(pointers, ['/schemas/0/compatibility', '/schemas/1']);
});

test('two hundred actions that all change are compared in time: attack', () => {
  const actions = (action: string): readonly JsonObject[] => Array.from({ length: 200 }, (_, index) => ({ action: `${action}.n${index}`, tier: 2, paths: Array.from({ length: 100 }, (__, at) => `${index}/${at}`) }));
  const started = performance.now();
  assert.equal(looseningsBetween({ governance: { actions: actions('a') } }, { governance: { actions: actions('b') } }).length, 200);
  assert.ok(performance.now() - started < 5000);
});

test('a bundle that goes loosens, one that comes does not, and one that is replaced is code, of which nobody can tell', () => {
  const bundles = (...list: readonly JsonObject[]): JsonObject => ({ governance: { bundles: [...list] } });
  const [team, shared] = [{ name: 'team', path: 'a.tar.gz' }, { name: 'shared', url: 'https://policies.example/s.tar.gz', digest: `sha256:${'0'.repeat(64)}` }];
  assert.deepEqual(loosened(bundles(team), bundles(team, shared)), []);
  assert.deepEqual(loosened({}, bundles(team)), []);
  assert.deepEqual(loosened(bundles(team, shared), bundles(shared, { ...team, path: 'b.tar.gz' })), []);
  assert.deepEqual(loosened(bundles(shared), bundles({ ...shared, digest: `sha256:${'1'.repeat(64)}` })), []);
  assert.deepEqual(loosened(bundles(team, shared), bundles(shared)), [`/governance/bundles/0 ${JSON.stringify(team)} null`]);
  assert.deepEqual(loosened(bundles(team), {}), [`/governance/bundles/0 ${JSON.stringify(team)} null`]);
});

test('taking away the last agent, an agent of several, the last or any evidence glob, or all that is asked of agents loosens', () => {
  const [one, two] = [{ login: '*[bot]' }, { login: 'coder' }];
  const asked = { agents: [one, two], evidence: ['a/*.json', 'b/*.json'] };
  const removed = (head: JsonObject | undefined): readonly string[] => loosened({ hallucination: asked }, head === undefined ? {} : { hallucination: head }).map((text) => text.split(' ')[0] ?? '');
  assert.deepEqual(removed({ ...asked, agents: [one] }), ['/hallucination/agents/1']);
  assert.deepEqual(removed({ ...asked, agents: [] }), ['/hallucination/agents/0', '/hallucination/agents/1']);
  assert.deepEqual(removed({ ...asked, evidence: ['a/*.json'] }), ['/hallucination/evidence/1']);
  assert.deepEqual(removed({ agents: asked.agents }), ['/hallucination/evidence/0', '/hallucination/evidence/1']);
  for (const head of [{}, undefined]) assert.deepEqual(removed(head), ['/hallucination/agents/0', '/hallucination/agents/1', '/hallucination/evidence/0', '/hallucination/evidence/1']);
});

test('an agent of which less is meant loosens, and more agents or evidence do not', () => {
  const at = (login: string): JsonObject => ({ hallucination: { agents: [{ login }] } });
  assert.deepEqual(loosened(at('*[bot]'), at('robot[bot]')), ['/hallucination/agents/0 {"login":"*[bot]"} null']);
  assert.deepEqual(loosened(at('coder'), { hallucination: { agents: [{ login: '*[bot]' }, { login: 'coder' }], evidence: ['a/*.json'] } }), []);
});

test('leaving out whom a pattern of agents excepts loosens, since Dependabot and Renovate are excepted then', () => {
  const at = (except: readonly string[] | null): JsonObject => ({ hallucination: { agents: [{ login: '*[bot]', ...(except === null ? {} : { except: [...except] }) }] } });
  assert.deepEqual(loosened(at([]), at(null)), ['/hallucination/agents/0/except [] null']);
  assert.deepEqual(loosened(at(['a']), at(null)), ['/hallucination/agents/0/except ["a"] null']);
  assert.deepEqual([loosened(at(null), at([])), loosened(at(['dependabot[bot]', 'renovate[bot]']), at(null))], [[], ['/hallucination/agents/0/except ["dependabot[bot]","renovate[bot]"] null']]);
});
