import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voteForm } from '../../../src/store/form/people-form.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';
import { isFailure } from '../../builders/is-failure.ts';

test('read() gives the vote that write() wrote', () => {
  assert.deepEqual(voteForm.read(voteForm.write(aVoteRecord())), aVoteRecord());
});

test('read() takes a vote of a version that kept bindings without their names, under the name that was typed', () => {
  const { items, ...rest } = aVoteRecord({ scope: 'infra.change' });
  const older = JSON.stringify({ ...rest, bindings: items.map(({ binding }) => binding) });
  assert.deepEqual(voteForm.read(older), { ...rest, items: items.map(({ binding }) => ({ scope: 'infra.change', binding })) });
});

test('read() refuses a vote without what it is about', () => {
  const { items: _, ...rest } = aVoteRecord();
  assert.throws(() => voteForm.read(JSON.stringify(rest)), isFailure('STORE_INCONSISTENT', /a vote/));
});
