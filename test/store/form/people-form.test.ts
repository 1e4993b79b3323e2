import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedVote, voteForm } from '../../../src/store/form/people-form.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';
import { isFailure } from '../../builders/is-failure.ts';

test('read() gives the vote that write() wrote', () => {
  assert.deepEqual(voteForm.read(voteForm.write(aVoteRecord())), aVoteRecord());
});

test('namedVote() gives bindings that an older version kept without their names those under which they were held, or else the one that was typed', () => {
  const { items, ...rest } = aVoteRecord({ scope: 'all' });
  const bindings = items.map(({ binding }) => binding);
  const older = voteForm.read(JSON.stringify({ ...rest, bindings }));
  const named = (scope: string) => ({ ...rest, items: bindings.map((binding) => ({ scope, binding })) });
  assert.deepEqual([namedVote(older, new Map(bindings.map((binding) => [binding, 'infra.change']))), namedVote(older, new Map())], [named('infra.change'), named('all')]);
});

test('read() refuses a vote without what it is about', () => {
  const { items: _, ...rest } = aVoteRecord();
  assert.throws(() => voteForm.read(JSON.stringify(rest)), isFailure('STORE_INCONSISTENT', /a vote/));
});
