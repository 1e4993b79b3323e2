import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../../src/domain/failure.ts';
import type { FailureCode } from '../../../../src/domain/failure.ts';
import { localAdapters } from '../../../../src/probes/behavior-sources/adapters/comparing-sources.ts';
import { createBehaviorReader } from '../../../../src/probes/behavior-sources/behavior-reader.ts';
import { isFailure } from '../../../builders/is-failure.ts';

/** A source that compares the repository, whose tree can not be read. */
function read(code: FailureCode) {
  const tree = () => Promise.reject(new Failure(code, 'no answer'));
  const reader = createBehaviorReader(localAdapters({ objects: { mergeBase: tree, tree }, organization: tree, clock: { now: () => new Date(0) }, contractReleases: tree }));
  return reader.read({ name: 'a', source: { kind: 'repository-files', files: [{ path: 'a', template: 'b' }] }, documents: [], base: 'a'.repeat(40), head: null });
}

for (const code of ['GITHUB_RATE_LIMITED', 'GITHUB_UNAVAILABLE', 'STORE_UNAVAILABLE'] as const) {
  test(`a source that compares a repository gives no answer of its own for ${code}: whoever asks tries again`, async () => {
    await assert.rejects(read(code), isFailure(code));
  });
}

test('a source that compares a repository gives no signal for what stays so', async () => {
  assert.deepEqual(await read('NOT_FOUND'), { kind: 'no-signal', why: 'no answer' });
});
