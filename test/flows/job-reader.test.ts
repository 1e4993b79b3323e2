import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { groupOfJob, numberOfJob, passedQuotaOfJob, personOfJob, placeOfJob, repositoryOfJob, textOfJob } from '../../src/flows/job-reader.ts';
import { evaluateJob, evaluateGroupJob, evaluateHeadJob, recordPushJob, rejudgePeopleJob, rejudgePersonJob, rejudgeUsageJob } from '../../src/flows/job-requests.ts';
import type { JobRequest, LeasedJob } from '../../src/flows/ports/job-queue.ts';
import { isFailure } from '../builders/is-failure.ts';

const repository = { account: { id: 42, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1, owner: 'octo-org', name: 'hello' } as const;
const group = { headSha: 'a'.repeat(40), headRef: 'refs/heads/gh-readonly-queue/main/pr-7', baseSha: 'b'.repeat(40), baseRef: 'refs/heads/main' };

/** The job as it comes back from a store. */
function leased(request: JobRequest): LeasedJob {
  const payload: JsonObject = JSON.parse(JSON.stringify(request.payload));
  return { key: request.key, kind: request.kind, payload, generation: 1, attempt: 1, lostRuns: 0, token: 't' };
}

test('what a job is asked with is read back as it was', () => {
  const job = leased(evaluateJob(repository, 7));
  assert.deepEqual([repositoryOfJob(job), numberOfJob(job)], [repository, 7]);
  assert.deepEqual(groupOfJob(leased(evaluateGroupJob(repository, group))), group);
  assert.equal(textOfJob(leased(evaluateHeadJob(repository, group.headSha)), 'head'), group.headSha);
  assert.equal(textOfJob(leased(recordPushJob(repository, 'refs/heads/main')), 'ref'), 'refs/heads/main');
});

test('a person whose place changed is read back as told, and one without an account or a word on what they gain is refused', () => {
  const person = { account: 42, repository: null, login: 'Mona', id: 13, mayGain: true };
  const job = leased(rejudgePersonJob(person));
  assert.deepEqual([personOfJob(job), personOfJob(leased(rejudgePersonJob({ ...person, repository: 7 }))).repository], [person, 7]);
  for (const member of ['account', 'repository', 'login', 'id', 'mayGain']) {
    const { [member]: _, ...payload } = job.payload;
    assert.throws(() => personOfJob({ ...job, payload }), isFailure('STORE_INCONSISTENT'), member);
  }
});

test('a place where it is not told whose changed is read back as told, and one without an account is refused', () => {
  const job = leased(rejudgePeopleJob({ account: 42, repository: null }));
  assert.deepEqual([placeOfJob(job), placeOfJob(leased(rejudgePeopleJob({ account: 42, repository: 7 })))], [{ account: 42, repository: null }, { account: 42, repository: 7 }]);
  for (const member of ['account', 'repository']) {
    const { [member]: _, ...payload } = job.payload;
    assert.throws(() => placeOfJob({ ...job, payload }), isFailure('STORE_INCONSISTENT'), member);
  }
});

test('a quota that was passed is read back as told, and one without a scope or whose repository is none is refused', () => {
  const passed = { account: 42, scope: 'agent', subject: 'robot[bot]' } as const;
  const job = leased(rejudgeUsageJob(passed));
  assert.deepEqual([passedQuotaOfJob(job), passedQuotaOfJob(leased(rejudgeUsageJob({ ...passed, scope: 'repository', subject: '7' })))], [passed, { ...passed, scope: 'repository', subject: '7' }]);
  for (const payload of [{ ...passed, account: null }, { ...passed, scope: 'team' }, { ...passed, subject: '' }, { ...passed, scope: 'repository' }]) assert.throws(() => passedQuotaOfJob({ ...job, payload }), isFailure('STORE_INCONSISTENT'));
});

const unreadable: Readonly<Record<string, JsonObject>> = {
  'no repository': { number: 7 },
  'a repository that is a string': { repository: 'octo-org/hello', number: 7 },
  'an account of an unknown kind': { repository: { ...repository, account: { id: 42, login: 'x', kind: 'enterprise' } }, number: 7 },
  'an id that is a string': { repository: { ...repository, account: { ...repository.account }, id: '1' }, number: 7 },
};

for (const [title, payload] of Object.entries(unreadable)) {
  test(`a job with ${title} is refused, not guessed`, () => {
    assert.throws(() => repositoryOfJob({ ...leased(evaluateJob(repository, 7)), payload }), isFailure('STORE_INCONSISTENT'));
  });
}
