import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import type { ContractInput } from '../../builders/a-contract.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const [one, two, other] = [{}, { version: '1.1.0', previous: hashOf() }, { version: '1.1.0', previous: hashOf(), spec: 9 }] as const;

/** A change of the one file on main, while the entry `rel` has released these. */
function change(before: ContractInput | null, after: ContractInput, elsewhere: readonly ContractInput[], world: ChangeInput['world'] = {}): ChangeInput {
  const base = before === null ? null : aContract(before);
  const released = before === null || before.lifecycle === 'draft' ? [] : [releaseOf(aContract(before), path)];
  const releases = [...released, ...elsewhere.map((input) => ({ ...releaseOf(aContract(input), path), entry: 'rel' }))];
  return { files: { [path]: { ...(base === null ? {} : { base }), head: aContract(after) } }, world: { contents: [...(base === null ? [] : [base]), aContract(after)], releases, ...world } };
}

const denied = ['deny contract/immutable_changed contracts/checkout.yaml:2'];

describe('one id and version has one content in all branch entries', () => {
  const changes: readonly (readonly [title: string, change: ChangeInput, told: readonly string[]])[] = [
    ['attack: releases a first version that another entry has with another content', change(null, one, [{ spec: 9 }]), denied],
    ['attack: releases a next version that another entry has with another content', change(one, two, [one, other]), denied],
    ['attack: writes the version of another entry with a leading v', change(null, { version: 'v1.0.0' }, [one]), denied],
    ['attack: brings it in as a draft first, and releases the draft unchanged', change({ ...one, lifecycle: 'draft' }, one, [{ spec: 9 }]), [...denied, 'notice contract/state_changed contracts/checkout.yaml:4']],
    ['releases what another entry has with the same content', change(one, two, [one, two]), []],
    ['releases a version that another entry does not have', change(one, two, [one, { version: '2.0.0', spec: 9 }]), []],
    ['drafts what another entry has with another content: a draft is no release', change(null, { lifecycle: 'draft' }, [{ spec: 9 }]), []],
    ['changes the state of what both entries have, with different contents, since before: nothing is released', change(one, { flags: { halted: true } }, [{ spec: 9 }]), ['notice contract/state_changed contracts/checkout.yaml:5']],
  ];
  for (const [title, given, expected] of changes) test(title, () => assert.deepEqual(told(judgeChange(given)), expected));

  test('the finding names the entry, what it has, and a version that is free everywhere', () => {
    const [found] = judgeChange(change(one, two, [other, { version: '3.0.0' }])).findings;
    assert.match(found?.message ?? '', /^checkout 1\.1\.0 was released with another content before, on branches of the entry "rel": contracts\/checkout\.yaml at dddddddddddd\./);
    assert.deepEqual([found?.expected, found?.found], [hashOf(other), hashOf(two)]);
    assert.equal(found?.next, 'Set `contractVersion` in contracts/checkout.yaml to a version above 3.0.0, which no branch has, run `plumbline contract bump contracts/checkout.yaml` and commit the result.');
  });
});

describe('contents of which git alone does not tell whether another branch released them', () => {
  const possible = (...inputs: readonly ContractInput[]) => ({ possible: inputs.map((input) => ({ ...releaseOf(aContract(input), path), entry: 'rel' })) });
  const inconclusive = ['unknown contract/record_incomplete contracts/checkout.yaml:2'];

  test('a release whose very version may have another content there is inconclusive', () => {
    const verdict = judgeChange(change(one, two, [one], possible(other)));
    assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', inconclusive]);
    const [found] = verdict.findings;
    assert.equal(found?.message, 'Whether checkout 1.1.0 was released with another content before, on branches of the entry "rel", can not be told: contracts/checkout.yaml at dddddddddddd has one, and which commits came together git does not tell.');
    assert.deepEqual([found?.expected, found?.found], [hashOf(two), `the content ${hashOf(other)}`]);
    assert.equal(found?.next, 'Let the Plumbline App judge this change: GitHub tells it which commits came together.');
  });

  test('a release is inconclusive where one of several contents that may be there is another', () => {
    assert.deepEqual(told(judgeChange(change(one, two, [one], possible(two, other)))), inconclusive);
  });

  test('a release with the one content that may be there is allowed, and so is one of another version', () => {
    for (const there of [two, { version: '1.2.0', spec: 9 }]) assert.deepEqual(told(judgeChange(change(one, two, [one], possible(there)))), []);
  });

  test('a release that is known to differ is refused, and the version to take is above all that may be there', () => {
    const [found, ...more] = judgeChange(change(one, two, [other], possible({ version: '4.0.0' }))).findings;
    assert.deepEqual([found?.code, more], ['contract/immutable_changed', []]);
    assert.match(found?.next ?? '', /above 4\.0\.0/);
  });
});

describe('other branches whose record is not whole', () => {
  const unknown = [{ branch: 'rel/1', unread: null }];
  test('a release is inconclusive, since one of them may have it with another content', () => {
    const verdict = judgeChange(change(one, two, [one], { unknown }));
    assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', ['unknown contract/record_incomplete contracts/checkout.yaml:2']]);
    assert.match(verdict.findings[0]?.message ?? '', /checkout 1\.1\.0.*"rel\/1"/);
    assert.match(verdict.findings[0]?.next ?? '', /^Nothing in your change caused this\. It is tried again by itself/);
  });

  test('of those that nothing reads by itself the finding says why, and that the App reads them', () => {
    const unread = ['rel/1', 'rel/2', 'rel/3', 'rel/4'].map((branch) => ({ branch, unread: `${branch} is cut off` }));
    const [found] = judgeChange(change(one, two, [one], { unknown: [...unknown, ...unread] })).findings;
    assert.equal(found?.message, 'Whether checkout 1.1.0 was released with another content on another branch can not be told: what "rel/1", "rel/2", "rel/3" and 1 more released was not read: rel/1 is cut off.');
    assert.equal(found?.next, 'Let the Plumbline App judge this change: it reads all governed branches.');
  });

  test('a release that is known to differ is refused all the same', () => {
    assert.deepEqual(told(judgeChange(change(one, two, [other], { unknown }))), denied);
  });

  test('a draft, a halt and whatever else releases nothing does not wait for them', () => {
    assert.deepEqual(told(judgeChange(change(one, { flags: { halted: true } }, [], { unknown }))), ['notice contract/state_changed contracts/checkout.yaml:5']);
    assert.deepEqual(told(judgeChange(change(null, { lifecycle: 'draft' }, [], { unknown }))), []);
  });
});
