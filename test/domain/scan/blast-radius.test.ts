import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blastRadiusOf, mostRemediated, reachOfPlaybook } from '../../../src/domain/scan/blast-radius.ts';

test('mostRemediated() is three, or a tenth of what is governed', () => {
  assert.deepEqual([0, 1, 30, 39, 40, 1_000].map(mostRemediated), [3, 3, 3, 3, 4, 100]);
});

const toOpen = [100, 100, 101, 102, 103].map((repositoryId, index) => ({ repositoryId, playbook: index < 2 ? null : 'mend' }));

test('blastRadiusOf() counts repositories, not drifts, and is beyond when one more is to be opened than may be', () => {
  const { drifted, most, isBeyond } = blastRadiusOf({ governed: 30, toOpen });
  assert.deepEqual([[...drifted], most, isBeyond], [[100, 101, 102, 103], 3, true]);
  assert.deepEqual([blastRadiusOf({ governed: 40, toOpen }).isBeyond, blastRadiusOf({ governed: 0, toOpen: [] }).isBeyond], [false, false]);
});

test('reachOfPlaybook() counts what names no playbook under the one that is used then', () => {
  assert.deepEqual([reachOfPlaybook({ governed: 1, toOpen }, 'open-issue').size, reachOfPlaybook({ governed: 1, toOpen }, 'mend').size, reachOfPlaybook({ governed: 1, toOpen }, 'other').size], [1, 3, 0]);
});
