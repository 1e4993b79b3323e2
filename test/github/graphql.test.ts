import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataOf } from '../../src/github/graphql.ts';
import { isFailure } from '../builders/is-failure.ts';

const now = new Date('2026-11-26T12:00:00Z');
const data = { repository: { p0: null, other: 1 } };
const isAside = (path: readonly unknown[]): boolean => path[1] === 'p0';

/** The data of an answer with this error. */
const told = (error: object): unknown => dataOf({ data, errors: [{ message: 'no', ...error }] }, now, isAside);

describe('dataOf() an answer of GraphQL', () => {
  for (const type of ['FORBIDDEN', 'INSUFFICIENT_SCOPES', 'NOT_FOUND', undefined]) {
    it(`is told all the same where what is only aside is refused, as ${type ?? 'no type'}`, () => {
      assert.deepEqual(told({ ...(type === undefined ? {} : { type }), path: ['repository', 'p0'] }), data);
    });
  }

  it('is none where anything else is refused, or nothing says what', () => {
    assert.throws(() => told({ type: 'FORBIDDEN', path: ['repository', 'other'] }), isFailure('GITHUB_REFUSED'));
    for (const path of [undefined, null, []]) assert.throws(() => told({ type: 'FORBIDDEN', path }), isFailure('GITHUB_REFUSED'));
  });

  it('is none where GitHub asks to wait, wherever it says so', () => {
    assert.throws(() => told({ type: 'RATE_LIMITED', path: ['repository', 'p0'] }), isFailure('GITHUB_RATE_LIMITED'));
  });
});
