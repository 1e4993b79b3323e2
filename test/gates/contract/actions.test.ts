import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOfAction } from '../../../src/domain/action/action.ts';
import type { ProbeRequest } from '../../../src/domain/probe-request.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { judgeChange } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';
import { judgeSchemaChange, upTo } from './schema/a-schema-change.ts';

const path = 'contracts/checkout.yaml';
const schema = 'schemas/name.json';

function actions(change: ChangeInput): readonly string[] {
  return (judgeChange(change).actions ?? []).map((one) => `${one.tier} ${nameOfAction(one)}${one.finding === null ? '' : ` (${one.finding})`}`).toSorted();
}

const next = (version: string) => aContract({ version, previous: hashOf(), spec: { limit: 2 } });

for (const [what, base, head, expected] of [
  ['a first version', undefined, aContract(), '2 contract.release checkout contracts/checkout.yaml'],
  ['a first version that is a draft', undefined, aContract({ lifecycle: 'draft' }), '1 contract.draft_change checkout contracts/checkout.yaml'],
  ['a draft that is released', aContract({ lifecycle: 'draft' }), aContract(), '2 contract.release checkout contracts/checkout.yaml'],
  ['a patch', aContract(), next('1.0.1'), '2 contract.bump checkout contracts/checkout.yaml'],
  ['a minor version', aContract(), next('1.1.0'), '2 contract.bump checkout contracts/checkout.yaml'],
  ['a major version', aContract(), next('2.0.0'), '3 contract.bump_major checkout contracts/checkout.yaml'],
  ['a pre-release of a major version', aContract(), next('2.0.0-rc.1'), '3 contract.bump_major checkout contracts/checkout.yaml'],
  ['an end announced', aContract(), aContract({ lifecycle: 'deprecated' }), '3 contract.deprecate checkout contracts/checkout.yaml'],
  ['an end reached', aContract({ lifecycle: 'deprecated' }), aContract({ lifecycle: 'retired' }), '3 contract.retire checkout contracts/checkout.yaml'],
  ['a halt', aContract(), aContract({ flags: { halted: true } }), '2 contract.halt checkout contracts/checkout.yaml'],
  ['a demand for people', aContract(), aContract({ flags: { humanApprovalRequired: true } }), '2 contract.halt checkout contracts/checkout.yaml'],
  ['a halt that ends', aContract({ flags: { halted: true } }), aContract(), '3 contract.resume checkout contracts/checkout.yaml'],
  ['a demand for people that ends', aContract({ flags: { humanApprovalRequired: true } }), aContract(), '3 contract.resume checkout contracts/checkout.yaml'],
  ['quotas lifted', aContract(), aContract({ flags: { budgetOverride: { until: '2026-11-22' } } }), '3 contract.override_budget checkout contracts/checkout.yaml'],
  ['a retired contract that goes', aContract({ lifecycle: 'retired' }), undefined, '3 contract.retire checkout contracts/checkout.yaml'],
  ['a draft that goes', aContract({ lifecycle: 'draft' }), undefined, '1 contract.draft_change checkout contracts/checkout.yaml'],
] as const) {
  test(`${what} is ${expected}`, () => {
    assert.deepEqual(actions({ files: { [path]: { ...(base === undefined ? {} : { base }), head: head ?? null } } }), [expected]);
  });
}

test('other bytes of the same content are no action', () => {
  assert.deepEqual(actions({ files: { [path]: { base: aContract(), head: `${aContract()}\n# a remark\n` } } }), []);
});

test('a flag that a new version drops is cleared all the same', () => {
  const head = aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } });
  assert.deepEqual(actions({ files: { [path]: { base: aContract({ flags: { humanApprovalRequired: true } }), head } } }), ['2 contract.bump checkout contracts/checkout.yaml', '3 contract.resume checkout contracts/checkout.yaml']);
});

test('a contract that changes its path is moved once, and says both paths', () => {
  const verdict = judgeChange({ files: { [path]: { base: aContract(), head: null }, 'contracts/b.yaml': { head: aContract() } }, released: [[path, aContract()]] });
  assert.deepEqual((verdict.actions ?? []).map(({ action, paths }) => [action, paths]), [['contract.move', ['contracts/b.yaml', path]]]);
});

test('released content that comes back is restored, not released', () => {
  const broken = aContract({ spec: { limit: 3 } });
  assert.deepEqual(actions({ files: { [path]: { base: broken, head: aContract() } }, released: [[path, aContract()]] }), ['2 contract.restore checkout contracts/checkout.yaml']);
});

/** What is told of a change as actions, and the paths of which that could not be told. */
const toldOf = (verdict: Verdict) => ({ actions: (verdict.actions ?? []).map((one) => nameOfAction(one)), untold: verdict.untold ?? [] });

for (const [what, world] of [
  ['the record is not whole', { record: { kind: 'filling', done: 1, total: 2, upTo: null } }],
  ['the releases of its id are not known', { unavailable: ({ kind }: ProbeRequest) => kind === 'releases' }],
  ['its base can not be read', { contents: [next('1.0.1')] }],
  ['its head can not be read', { contents: [aContract()] }],
] as const satisfies readonly (readonly [string, ChangeInput['world']])[]) {
  test(`no action is guessed of a contract of which ${what}: that is told`, () => {
    const verdict = judgeChange({ files: { [path]: { base: aContract(), head: next('1.0.1') } }, world });
    assert.deepEqual(toldOf(verdict), { actions: [], untold: [path] });
    assert.equal(verdict.verdict, 'inconclusive');
  });
}

test('an action of another id is told although the releases of one are not known', () => {
  const verdict = judgeChange({ files: { [path]: { base: aContract(), head: next('1.0.1') }, 'contracts/b.yaml': { head: aContract({ id: 'b' }) } }, world: { unavailable: (request) => request.kind === 'releases' && request.contractId === 'b' } });
  assert.deepEqual(toldOf(verdict), { actions: ['contract.bump checkout contracts/checkout.yaml'], untold: ['contracts/b.yaml'] });
});

test('no action is guessed of a schema whose comparison or record is not known', () => {
  for (const kind of ['comparison', 'record', 'schema-versions'] as const) {
    const verdict = judgeSchemaChange({ base: { [schema]: upTo(5) }, head: { [schema]: upTo(9) }, world: { unavailable: (request) => request.kind === kind } });
    assert.deepEqual([kind, toldOf(verdict), verdict.verdict], [kind, { actions: [], untold: [schema] }, 'inconclusive']);
  }
});

test('flags in force are those of base or head where they restrict, and of the base where they permit', () => {
  const base = aContract({ flags: { humanApprovalRequired: true, budgetOverride: { until: '2026-11-22' } } });
  const [first] = judgeChange({ files: { [path]: { base, head: aContract({ flags: { halted: true } }) } } }).actions ?? [];
  assert.deepEqual(first?.evidence['flags'], { halted: true, humanApprovalRequired: true, budgetOverride: { until: '2026-11-22' } });
});

test('a demand for people is in force as soon as the head makes it', () => {
  const [first] = judgeChange({ files: { [path]: { base: aContract(), head: aContract({ lifecycle: 'deprecated', flags: { humanApprovalRequired: true, budgetOverride: { until: '2026-11-22' } } }) } } }).actions ?? [];
  assert.deepEqual(first?.evidence['flags'], { halted: false, humanApprovalRequired: true, budgetOverride: false });
});

test('a schema that stays compatible is tier 2, one that breaks is tier 3 and told by its own finding', () => {
  const tiers = (verdict: Verdict) => (verdict.actions ?? []).map(({ action, tier, finding }) => [action, tier, finding]);
  assert.deepEqual(tiers(judgeSchemaChange({ base: { [schema]: upTo(5) }, head: { [schema]: upTo(9) } })), [['schema.change', 2, null]]);
  assert.deepEqual(tiers(judgeSchemaChange({ base: { [schema]: upTo(9) }, head: { [schema]: upTo(5) } })), [['schema.change_breaking', 3, 'schema/incompatible']]);
  assert.deepEqual(tiers(judgeSchemaChange({ base: { [schema]: upTo(9) }, head: { [schema]: null } })), [['schema.change_breaking', 3, 'schema/incompatible']]);
});
