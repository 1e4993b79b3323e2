import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { refuseMisfit } from '../../src/audit/refuse-misfit.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { aDraft } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';

suite('failureOf()', () => {
  test('keeps what an error says', () => {
    assert.equal(failureOf(new TypeError('no'), 'GATE_FAILED').message, 'no');
  });

  // A connection that is refused at every address of a host is such an error.
  for (const [what, thrown, expected] of [
    ['several errors without a word of their own', new AggregateError([new Error(''), new Error('connect ECONNREFUSED ::1:5432')]), 'connect ECONNREFUSED ::1:5432'],
    ['nothing at all', new AggregateError([]), 'AggregateError without a message'],
    ['an error without a message', new RangeError(), 'RangeError without a message'],
    ['blanks', new Error(' \n'), 'Error without a message'],
    ['an empty text', '', 'Error without a message'],
  ] as const) {
    test(`has words for ${what}, so that the log can tell of it`, () => {
      const { message } = failureOf(thrown, 'GATE_FAILED');
      assert.equal(message, expected);
      refuseMisfit({ ...aDraft(), ...aFittingDraft('job.buried'), rationale: message });
    });
  }
});
