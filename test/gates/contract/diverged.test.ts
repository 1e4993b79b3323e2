import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractGate } from '../../../src/gates/contract/contract-gate.ts';
import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import { aContractSet, mainEntry } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const other = 'contracts/other.yaml';
const two = { version: '1.1.0', previous: hashOf() } as const;
const three = { version: '1.2.0', previous: hashOf(two) } as const;
const [v1, v2, v3] = [aContract(), aContract(two), aContract(three)];
const evil = aContract({ spec: { limit: 999 } });
const halted = { halted: true };
const versioned = { contracts: [aContractSet({ layout: 'versioned' })] };
const both = [[path, v1], [path, v2]] as const;
const apart = [[path, v1], [other, v2]] as const;

const mine = (input: Parameters<typeof aContract>[0] = {}): string => aContract({ id: 'mine', ...input });
const draft = mine({ lifecycle: 'draft' });
const diverged = `deny contract/base_diverged ${path}`;

/** What a change does to a base that direct pushes have made. */
type Case = readonly [title: string, change: ChangeInput, told: readonly string[]];

const attacks: readonly Case[] = [
  ['takes a bump back by a direct push and then goes on with a proper version', { files: { [path]: { base: v1, head: v3 } }, released: both }, [`${diverged}:2`]],
  ['takes a bump back by a direct push and then deprecates what is left', { files: { [path]: { base: v1, head: aContract({ lifecycle: 'deprecated' }) } }, released: both }, [`${diverged}:2`, `notice contract/state_changed ${path}:4`]],
  ['deletes a release by a direct push and then puts another contract at its path', { files: { [path]: { head: mine() } }, released: [[path, v1]] }, [`${diverged}:2`]],
  ['deletes a release by a direct push and then goes on from it in another file', { files: { [other]: { head: v2 } }, released: [[path, v1]] }, [`deny contract/base_diverged ${other}:2`, `deny contract/id_reused ${other}:1`]],
  ['deletes a release by a direct push and then brings an older one back', { files: { [path]: { head: v1 } }, released: both }, [`${diverged}:2`]],
  ['overwrites a release with a draft of another id by a direct push and then edits that', { files: { [path]: { base: draft, head: mine({ lifecycle: 'draft', spec: 2 }) } }, released: [[path, v1]] }, [`${diverged}:2`]],
  ['overwrites a release with a draft of another id by a direct push and then deletes that', { files: { [path]: { base: draft, head: null } }, released: [[path, v1]] }, [diverged]],
  ['overwrites a release with a draft of another id by a direct push and then moves that away', { files: { [path]: { base: draft, head: null }, [other]: { head: draft } }, released: [[path, v1]] }, [diverged]],
  ['overwrites a release with a draft of its own next version by a direct push and then releases that', { files: { [path]: { base: aContract({ ...two, lifecycle: 'draft' }), head: v2 } }, released: [[path, v1]] }, [`${diverged}:2`, `deny contract/id_reused ${path}:1`, `notice contract/state_changed ${path}:4`]],
  ['deletes one of two versioned releases by a direct push and then adds a third', { configured: versioned, files: { [other]: { base: v2 }, 'contracts/third.yaml': { head: v3 } }, released: apart }, ['deny contract/base_diverged contracts/third.yaml:2']],
  ['mutates a retired release by a direct push and then deletes it', { files: { [path]: { base: aContract({ spec: 9, lifecycle: 'retired' }), head: null } }, released: [[path, aContract({ lifecycle: 'retired' })]] }, [diverged]],
];

for (const [title, change, expected] of attacks) {
  test(`the contract gate fails an attack that ${title}`, () => assert.deepEqual(told(judgeChange(change)), expected));
}

const restorations: readonly Case[] = [
  ['a bump that a direct push took back', { files: { [path]: { base: v1, head: v2 } }, released: both }, []],
  ['a bump that a direct push took back, over what it made of the older version', { files: { [path]: { base: evil, head: v2 } }, released: both }, []],
  ['a release that a direct push deleted', { files: { [path]: { head: v1 } }, released: [[path, v1]] }, []],
  ['a release that a direct push deleted, at another path', { files: { [other]: { head: v1 } }, released: [[path, v1]] }, []],
  ['a release over a draft of another id', { files: { [path]: { base: draft, head: v1 } }, released: [[path, v1]] }, []],
  ['a release over a released contract of another id, which moves', { files: { [path]: { base: mine(), head: v1 }, [other]: { head: mine() } }, released: [[path, v1], [path, mine()]] }, []],
  ['a release over a draft of its own next version, which moves', { files: { [path]: { base: aContract({ ...two, lifecycle: 'draft' }), head: v1 }, [other]: { head: aContract({ ...two, lifecycle: 'draft' }) } }, released: [[path, v1]] }, []],
  ['one of two versioned releases that a direct push deleted', { configured: versioned, files: { [path]: { head: v1 } }, released: apart }, []],
  ['both versioned releases that a direct push deleted', { configured: versioned, files: { [path]: { head: v1 }, [other]: { head: v2 } }, released: apart }, []],
  ['a release in the state that it has reached', { files: { [path]: { head: aContract({ lifecycle: 'deprecated' }) } }, released: [[path, aContract({ lifecycle: 'deprecated' })]] }, []],
];

for (const [what, change, expected] of restorations) {
  test(`the contract gate passes what restores ${what}`, () => assert.deepEqual(told(judgeChange(change)), expected));
}

const lawful: readonly Case[] = [
  ['another contract at the path of a retired one that was removed', { files: { [path]: { head: mine() } }, released: [[path, v1], [path, aContract({ ...two, lifecycle: 'retired' })]] }, []],
  ['another contract at the path of one that moved', { files: { [path]: { head: mine() }, [other]: { base: v1 } }, released: [[path, v1]] }, []],
  ['another contract at the path of one that moved and was bumped there', { files: { [path]: { head: mine() }, [other]: { base: v2 } }, released: apart }, []],
  ['a bump of a contract that moved and was bumped there', { files: { [other]: { base: v2, head: v3 } }, released: apart }, []],
  ['a version in a path of its own after the layout was changed', { configured: versioned, files: { [path]: { base: v2 }, [other]: { head: v3 } }, released: both }, []],
  ['a halt of what a direct push left of a contract', { files: { [path]: { base: v1, head: aContract({ flags: halted }) } }, released: both }, [`notice contract/state_changed ${path}:5`]],
  ['a halt of what a direct push put over a contract', { files: { [path]: { base: draft, head: mine({ lifecycle: 'draft', flags: halted }) } }, released: [[path, v1]] }, [`notice contract/state_changed ${path}:5`]],
  ['another contract beside one that a direct push deleted', { files: { [other]: { head: mine() } }, released: [[path, v1]] }, []],
];

for (const [what, change, expected] of lawful) {
  test(`the contract gate passes ${what}`, () => assert.deepEqual(told(judgeChange(change)), expected));
}

test('the contract gate is inconclusive about a release that is missing where the record is of another commit than the base', () => {
  const verdict = judgeChange({ files: { [path]: { base: v1, head: v3 } }, released: both, world: { record: { kind: 'complete', upTo: 'e'.repeat(40) } } });
  assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', [`unknown contract/record_incomplete ${path}:2`]]);
});

test('the contract gate says nothing is missing while a file of the base can not be read, or has a version that is not recorded yet', () => {
  const unread = judgeChange({ files: { [path]: { head: mine() }, [other]: { base: v1 } }, released: [[path, v1]], world: { contents: [mine()] } });
  assert.deepEqual([unread.verdict, told(unread)], ['inconclusive', [`unknown snapshot/unreadable ${other}`]]);
  const lagging = judgeChange({ files: { [path]: { base: v2, head: v3 } }, released: [[path, v1]] });
  assert.deepEqual(told(lagging).filter((one) => one.includes('base_diverged')), []);
  assert.equal(lagging.findings.some((one) => one.severity === 'unknown'), true);
});

test('the contract gate misses no release where several branches share the record, and says that it can not', () => {
  const entry = { ...mainEntry, names: ['main', 'next'] };
  const snapshot = aSnapshot({ entry, files: [aFile({ path, base: v1, head: aContract({ lifecycle: 'deprecated' }) })] });
  const verdict = judgeWith(contractGate, snapshot, { contents: [v1, aContract({ lifecycle: 'deprecated' })], releases: both.map(([at, text]) => releaseOf(text, at)) });
  assert.deepEqual([verdict.verdict, verdict.skipped.some(({ rule }) => rule === 'contract/base_diverged')], ['pass', true]);
  const overwritten = aSnapshot({ entry, files: [aFile({ path, base: 'garbage', head: null })] });
  assert.deepEqual(told(judgeWith(contractGate, overwritten, { contents: ['garbage'], releases: [releaseOf(v1, path)] })), [diverged]);
});

const restore = `Run \`git checkout ${'d'.repeat(40)} -- ${path}\` and commit the result.`;

const steps: readonly (readonly [what: string, change: ChangeInput, next: string])[] = [
  ['a deprecated release', { files: { [path]: { head: mine() } }, released: [[path, aContract({ lifecycle: 'deprecated' })]] }, `${restore} Its lifecycle is deprecated by now: set it before.`],
  ['a release over which another one stands', { files: { [path]: { base: mine(), head: mine({ lifecycle: 'deprecated' }) } }, released: [[path, v1], [path, mine()]] }, `Move "mine", which stands there now, to a path of its own with \`git mv\`. ${restore}`],
  ['a release at a path that is not governed any more', { files: { [path]: { head: v2 } }, world: { contents: [v2], releases: [{ ...releaseOf(v1, path), path: 'contracts/old.txt' }] } }, `Bring back what \`git show ${'d'.repeat(40)}:contracts/old.txt\` prints at a path that is governed, and commit the result.`],
];

for (const [what, change, next] of steps) {
  test(`contract/base_diverged about ${what} names the way back`, () => {
    assert.equal(judgeChange(change).findings.find((one) => one.code === 'contract/base_diverged')?.next, next);
  });
}

test('a thousand versioned releases that a direct push deleted are restored in one change, in well under ten seconds', () => {
  const versions = Array.from({ length: 1_000 }, (_, minor) => [`contracts/v${minor}.yaml`, aContract({ version: `1.${minor}.0` })] as const);
  const started = performance.now();
  assert.equal(judgeChange({ configured: versioned, files: Object.fromEntries(versions.map(([at, text]) => [at, { head: text }])), released: versions }).verdict, 'pass');
  assert.ok(performance.now() - started < 10_000);
});
