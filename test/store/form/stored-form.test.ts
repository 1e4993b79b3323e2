import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionForm } from '../../../src/store/form/decision-form.ts';
import { jobForm } from '../../../src/store/form/job-form.ts';
import { pullRequestForm } from '../../../src/store/form/pull-request-form.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aDecisionRecord, aPullRequest, aRepositoryRef } from '../../ports/store/suite.ts';

test('read() gives what write() wrote', () => {
  const { decidedAt: _, ...record } = aDecisionRecord(aRepositoryRef(1));
  assert.deepEqual(decisionForm.read(decisionForm.write(record)), record);
});

test('read() takes a decision of a version that knew nothing held as one that holds nothing', () => {
  const { decidedAt: _, ...record } = aDecisionRecord(aRepositoryRef(1));
  const { held: _held, ...older } = record.decision;
  assert.deepEqual(decisionForm.read(JSON.stringify({ ...record, decision: older })).decision.held, []);
});

test('read() takes a pull request of a version that did not keep whose account its author is as one of whom the login is known', () => {
  const record = aPullRequest(aRepositoryRef(1));
  const { authorId: _, ...older } = record.facts;
  assert.deepEqual([pullRequestForm.read(pullRequestForm.write(record)), pullRequestForm.read(JSON.stringify({ ...record, facts: older })).facts.authorId], [record, null]);
});

test('read() refuses text that is no JSON', () => {
  assert.throws(() => jobForm.read('{'), isFailure('STORE_INCONSISTENT', /no JSON/));
});

test('read() refuses a job of a kind that this version does not know', () => {
  assert.throws(() => jobForm.read('{"key":"k","kind":"dance","payload":{}}'), isFailure('STORE_INCONSISTENT', /a job/));
});

test('read() refuses a decision in which a field was changed to something that says nothing', () => {
  const { decidedAt: _, ...record } = aDecisionRecord(aRepositoryRef(1));
  const changed = decisionForm.write(record).replace('"decision":"allow"', '"decision":"yes"');
  assert.throws(() => decisionForm.read(changed), isFailure('STORE_INCONSISTENT', /a decision/));
});
