import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Evidence } from '../../src/domain/evidence.ts';
import type { ProbeRequest } from '../../src/domain/probe-request.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { ObjectSource } from '../../src/flows/ports/object-source.ts';
import type { People, ReleaseReader } from '../../src/flows/ports/prober.ts';
import { createProber } from '../../src/probes/prober.ts';

const refuse = async (): Promise<never> => await Promise.reject(new Failure('GITHUB_UNAVAILABLE', 'no answer'));
const objects: ObjectSource = { mergeBase: refuse, tree: refuse, blobs: refuse, namesAt: refuse, history: refuse };
const releases: ReleaseReader = { releases: refuse, releasesAt: refuse, contractIds: refuse, schemaVersions: refuse, recordState: refuse };
const validator = { validate: async () => [], prepare: () => {}, compare: async () => [], close: async () => {} };

const isMember = (login: string) => ({ kind: 'membership', login, id: null, group: 'team:governance' }) as const;
const requests: readonly ProbeRequest[] = [{ kind: 'contributors' }, { kind: 'votes' }, isMember('ann'), isMember('bob'), isMember('ANN')];

async function answers(people?: People) {
  const evidence = await createProber({ objects, releases, validator, ...(people === undefined ? {} : { people }) }).answer(requests, new Evidence());
  return [evidence.find({ kind: 'contributors' }), evidence.find({ kind: 'votes' }), evidence.find(isMember('ann')), evidence.find(isMember('bob'))];
}

test('answer() asks who took part, what was said, and all memberships at once, each person once', async () => {
  const asked: (readonly string[])[] = [];
  const people: People = {
    contributors: async () => ({ people: [], unknown: null }),
    votes: async () => [],
    memberships: async (wanted) => (asked.push(wanted.map(({ login }) => login)), wanted.map(({ login }) => ({ kind: 'answered', value: { kind: 'told', login, isIn: login.toLowerCase() === 'ann' } }))),
  };
  assert.deepEqual(await answers(people), [{ kind: 'answered', value: { people: [], unknown: null } }, { kind: 'answered', value: [] }, { kind: 'answered', value: { kind: 'told', login: 'ANN', isIn: true } }, { kind: 'answered', value: { kind: 'told', login: 'bob', isIn: false } }]);
  assert.deepEqual(asked.map((logins) => logins.length), [2]);
});

test('answer() takes trouble with one question about people for that one alone, and an answer too few for unavailable', async () => {
  const people: People = { contributors: refuse, votes: async () => [], memberships: async () => [{ kind: 'unavailable', why: 'not this team' }] };
  assert.deepEqual(await answers(people), [{ kind: 'unavailable', why: 'no answer' }, { kind: 'answered', value: [] }, { kind: 'unavailable', why: 'not this team' }, { kind: 'unavailable', why: 'no answer came' }]);
});

test('answer() never takes nobody to ask for nobody there', async () => {
  const unavailable = { kind: 'unavailable', why: 'nobody can be asked about people here' };
  assert.deepEqual(await answers(), [unavailable, unavailable, unavailable, unavailable]);
});
