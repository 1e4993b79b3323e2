import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { recordMatches } from '../../../src/flows/record-matches.ts';
import { aFinding, aVerdict } from '../../builders/decision-builder.ts';
import { aPermittingWorld, entry } from './a-permitting-world.ts';

const unanswered = aVerdict('governance', [aFinding({ severity: 'unknown' })]);

describe('a scan, of entries that open pull requests need,', () => {
  it('never calls unused what an open pull request rests on', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(1);
    await world.changes(1);
    await world.days(100);
    assert.deepEqual(await world.listed(), []);
    await world.closes(1);
    await world.days(89);
    assert.deepEqual(await world.listed(), []);
    await world.days(2);
    assert.equal((await world.listed()).length, 1);
  });

  it('never calls unused what an open pull request rests on that got no answer since', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(1);
    await world.changes(1);
    const judged = (await world.decisionOn(1)) ?? assert.fail('no decision');
    const verdicts = judged.decision.verdicts.map((one) => (one.gate === 'governance' ? unanswered : one));
    await world.store.transaction((transaction) => recordMatches(transaction, { ...judged, decision: { ...judged.decision, verdicts } }));
    await world.days(100);
    assert.deepEqual(await world.listed(), []);
  });

  it('never calls unused what an open pull request rests on where a later judgement could see but a part of it', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(1);
    await world.changes(1);
    const judged = (await world.decisionOn(1)) ?? assert.fail('no decision');
    const verdicts = judged.decision.verdicts.map((one) => (one.gate === 'governance' ? { ...unanswered, matched: [digestOfValue('another entry')] } : one));
    await world.store.transaction((transaction) => recordMatches(transaction, { ...judged, decision: { ...judged.decision, verdicts } }));
    await world.days(100);
    assert.deepEqual(await world.listed(), []);
  });

  it('calls unused what a pull request rested on that is open, and changes something else by now', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(1);
    await world.changes(1);
    await world.pushes(1, { 'readme.md': 'one\n', 'infra/a.tf': 'one\n' });
    await world.days(93);
    assert.deepEqual(await world.listed(), ['acme/shop whitelist/unused infra.change 2026-11-22']);
  });

  it('never calls unused what the organisation grants, and an open pull request of another repository rests on', async () => {
    const world = aPermittingWorld([]);
    const { store, github } = world;
    github.organization = { repository: github.ref, commit: github.branches.get('main') ?? '', bytes: Buffer.from(`version: 1\ngovernance: {whitelist: [${entry('infra.change', '2027-12-01')}]}\n`) };
    await world.days(1);
    await world.changes(1);
    const [record, decision] = [await store.transaction((transaction) => transaction.pullRequestRecord(github.ref.id, 1)), await world.decisionOn(1)];
    assert.ok(record !== null && decision !== null);
    await world.closes(1);
    const repository = { ...github.ref, id: 200, name: 'rarely-scanned' };
    await store.transaction(async (transaction) => {
      await transaction.savePullRequest({ ...record, repository });
      await recordMatches(transaction, { ...decision, repository });
    });
    await world.days(100);
    assert.deepEqual(await world.listed(), []);
    await store.transaction((transaction) => transaction.savePullRequest({ ...record, repository, facts: { ...record.facts, state: 'merged' } }));
    await world.days(93);
    assert.equal((await world.listed()).length, 1);
  });

  it('counts what a pull request rested on until it was closed, and once it is open again from when it is judged', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(1);
    await world.changes(1);
    const open = world.github.pulls.get(1) ?? assert.fail('no pull request');
    await world.closes(1);
    await world.store.transaction((transaction) => transaction.savePullRequest({ repository: world.github.ref, facts: open, authorCanWrite: true }));
    await world.days(93);
    assert.equal((await world.listed()).length, 1);
    world.github.pulls.set(1, open);
    await world.receive(world.reopens(1, 'mona'));
    await world.settle();
    await world.days(1);
    assert.deepEqual(await world.listed(), []);
  });
});
