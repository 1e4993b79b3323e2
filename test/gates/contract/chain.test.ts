import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import type { ContractInput } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const one: ContractInput = { version: '1.0.0' };
const two: ContractInput = { version: '1.1.0', previous: hashOf(one) };
const three: ContractInput = { version: '1.2.0', previous: hashOf(two) };
const versioned = { contracts: [aContractSet({ layout: 'versioned' })] };

/** A new version of `checkout` in place, after these releases. */
function inPlace(next: ContractInput, ...released: readonly ContractInput[]): ChangeInput {
  const texts = released.map((input) => [path, aContract(input)] as const);
  return { files: { [path]: { base: texts.at(-1)?.[1] ?? null, head: aContract(next) } }, released: texts };
}

/** New versions in paths of their own, after these releases. */
function inPaths(coming: readonly ContractInput[], ...released: readonly ContractInput[]): ChangeInput {
  const placed = (inputs: readonly ContractInput[]) => inputs.map((input) => [`contracts/${input.version}-${String(input.spec ?? 'x')}.yaml`, aContract(input)] as const);
  return {
    configured: versioned,
    files: { ...Object.fromEntries(placed(released).map(([at, text]) => [at, { base: text }])), ...Object.fromEntries(placed(coming).map(([at, text]) => [at, { head: text }])) },
    released: placed(released),
  };
}

const never = hashOf({ spec: 'never released' });

const references: readonly (readonly [title: string, change: ChangeInput, told: readonly string[]])[] = [
  ['passes a version that names the newest one', inPlace(three, one, two), []],
  ['fails a version that names none as a mismatch', inPlace({ ...three, previous: null }, one, two), ['deny contract/previous_ref_mismatch contracts/checkout.yaml:3']],
  ['fails a parent that was never released as a broken chain', inPlace({ ...three, previous: never }, one, two), ['deny contract/chain_broken contracts/checkout.yaml:3']],
  ['fails a first version that names a parent as a broken chain', inPlace({ ...one, previous: never }), ['deny contract/chain_broken contracts/checkout.yaml:3']],
  ['fails a parent of another id as a broken chain', { ...inPlace({ ...three, previous: hashOf({ id: 'search' }) }, one, two), released: [[path, aContract(one)], [path, aContract(two)], ['contracts/search.yaml', aContract({ id: 'search' })]] }, ['deny contract/chain_broken contracts/checkout.yaml:3']],
  ['fails a second successor of a released version as a fork', inPlace({ ...three, previous: hashOf(one) }, one, two), ['deny contract/fork contracts/checkout.yaml:3']],
  ['fails the jump over a released version that names no parent itself as a gap', inPlace({ version: '1.2.0', previous: hashOf(one) }, one, { version: '1.1.0' }), ['deny contract/chain_broken contracts/checkout.yaml:3']],
  ['passes a version in a path of its own', inPaths([three], one, two), []],
  ['passes several versions that follow each other', inPaths([two, three], one), []],
  ['fails two versions of one change with one parent as a fork, at the later one', inPaths([two, { ...three, previous: hashOf(one) }], one), ['deny contract/fork contracts/1.2.0-x.yaml:3']],
  ['fails a version that names a greater one of the same change as a broken chain', inPaths([{ ...two, previous: hashOf({ ...three, previous: hashOf(one) }) }, { ...three, previous: hashOf(one) }], one), ['deny contract/chain_broken contracts/1.1.0-x.yaml:3', 'deny contract/chain_broken contracts/1.2.0-x.yaml:3']],
  ['fails a fork in a path of its own', inPaths([{ ...three, previous: hashOf(one) }], one, two), ['deny contract/fork contracts/1.2.0-x.yaml:3']],
  ['tells nothing of what a draft names', inPaths([{ ...three, previous: never, lifecycle: 'draft' }], one, two), []],
  ['tells nothing of the wrong parent of a version that already stood in the base', { files: { [path]: { base: aContract({ ...two, previous: never }), head: aContract({ ...two, previous: never, lifecycle: 'deprecated' }) } }, released: [[path, aContract({ ...two, previous: never })]] }, ['notice contract/state_changed contracts/checkout.yaml:4']],
];

for (const [title, change, expected] of references) test(`the contract gate ${title}`, () => assert.deepEqual(told(judgeChange(change)), expected));

test('the first of two pull requests on one parent passes, and the second fails as a fork when it is judged again after the merge', () => {
  const second = { ...three, previous: hashOf(one), spec: 'second' };
  assert.equal(judgeChange(inPaths([two], one)).verdict, 'pass');
  assert.equal(judgeChange(inPaths([second], one)).verdict, 'pass');
  assert.deepEqual(told(judgeChange(inPaths([second], one, two))), ['deny contract/fork contracts/1.2.0-second.yaml:3']);
  const file = { mergeBase: aContract(one), base: aContract(two), head: aContract(second) };
  assert.deepEqual(told(judgeChange({ files: { [path]: file }, released: [[path, aContract(one)], [path, aContract(two)]] })), ['deny contract/fork contracts/checkout.yaml:3']);
});

test('forks are judged in each branch entry by its own releases', () => {
  const elsewhere = { ...releaseOf(aContract(two), path), entry: 'releases' };
  const change = inPlace({ ...three, previous: hashOf(one) }, one);
  const verdict = judgeChange({ ...change, world: { contents: [aContract(one), aContract({ ...three, previous: hashOf(one) })], releases: [releaseOf(aContract(one), path), elsewhere] } });
  assert.equal(verdict.verdict, 'pass');
});

test('a thousand new versions of one id are judged in well under ten seconds', () => {
  const versions: ContractInput[] = [one];
  for (let minor = 1; minor <= 1_000; minor += 1) versions.push({ version: `1.${minor}.0`, previous: hashOf(versions.at(-1)) });
  const started = performance.now();
  assert.equal(judgeChange(inPaths(versions.slice(1), one)).verdict, 'pass');
  assert.ok(performance.now() - started < 10_000);
});

const steps = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.constantFrom('patch', 'minor', 'major')), { minLength: 1, maxLength: 6 });

/** Versions that follow each other, each with another promise. */
function chainOfSteps(raises: readonly (readonly [spec: number, part: string])[]): readonly ContractInput[] {
  const chain: ContractInput[] = [{ version: '1.0.0', spec: { step: -1 } }];
  for (const [index, [spec, part]] of raises.entries()) {
    const [major = 0, minor = 0, patch = 0] = (chain.at(-1)?.version ?? '').split('.').map(Number);
    const version = part === 'major' ? [major + 1, 0, 0] : part === 'minor' ? [major, minor + 1, 0] : [major, minor, patch + 1];
    chain.push({ version: version.join('.'), previous: hashOf(chain.at(-1)), spec: { step: index, value: spec } });
  }
  return chain;
}

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 200 : 8;

test('every chain of successors passes the gate step by step, in both layouts', () => {
  fc.assert(
    fc.property(steps, (raises) => {
      const chain = chainOfSteps(raises);
      for (const index of chain.keys()) {
        const [next = one, before] = [chain[index], chain.slice(0, index)];
        assert.deepEqual([judgeChange(inPlace(next, ...before)).verdict, judgeChange(inPaths([next], ...before)).verdict], ['pass', 'pass']);
      }
    }),
    { seed: 29, numRuns },
  );
});

const mutations: readonly ((input: ContractInput) => ContractInput)[] = [
  (input) => ({ ...input, spec: { step: 'mutated' } }),
  (input) => ({ ...input, more: { added: 1 } }),
  (input) => ({ ...input, previous: never }),
  (input) => ({ ...input, id: `${input.id ?? 'checkout'}-2` }),
  (input) => ({ ...input, version: `${input.version}+b` }),
  (input) => ({ ...input, lifecycle: 'draft' }),
  (input) => ({ ...input, lifecycle: 'retired' }),
  (input) => ({ ...input, version: '0.9.0' }),
];

test('no mutation of a released version passes the gate, in either layout, nor does its deletion', () => {
  fc.assert(
    fc.property(steps, fc.nat(), fc.option(fc.constantFrom(...mutations), { nil: null }), (raises, pick, mutate) => {
      const chain = chainOfSteps(raises);
      const newest = chain.at(-1) ?? one;
      const released = chain.map((input) => [path, aContract(input)] as const);
      const [place, target] = [`contracts/v${pick % chain.length}.yaml`, chain[pick % chain.length] ?? one];
      const paths = chain.map((input, index) => [`contracts/v${index}.yaml`, aContract(input)] as const);
      const changed = (input: ContractInput) => (mutate === null ? null : aContract(mutate(input)));
      const inOnePlace = judgeChange({ files: { [path]: { base: aContract(newest), head: changed(newest) } }, released });
      const inItsOwn = judgeChange({ configured: versioned, files: { ...Object.fromEntries(paths.map(([at, text]) => [at, { base: text }])), [place]: { base: aContract(target), head: changed(target) } }, released: paths });
      assert.deepEqual([inOnePlace.verdict, inItsOwn.verdict], ['fail', 'fail']);
    }),
    { seed: 31, numRuns: numRuns * 4 },
  );
});
