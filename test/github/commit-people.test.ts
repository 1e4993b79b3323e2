import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommitPeople } from '../../src/domain/people/commit-people.ts';
import { isFailure } from '../builders/is-failure.ts';
import { scripted } from './connected.ts';

const ref = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' } as const;
const shaOf = (index: number): string => index.toString(16).padStart(40, '0');
const dev = { user: { login: 'dev', databaseId: 12 } };

interface Many {
  readonly total: number;
  /** What GitHub lists of them; all when left out. */
  readonly listed?: number;
  readonly authors?: number;
  /** Head told with the page that begins there. */
  readonly headAt?: (start: number) => string;
  /** Of each; left out: none is told. */
  readonly messageBody?: string;
  /** Authors beside `dev`, of whom GitHub knows no account. */
  readonly strangers?: readonly { readonly name: string | null; readonly email: string | null }[];
}

/** The commits of a pull request whose head is the last of them. */
function asking({ total, listed = total, strangers = [], authors = 1 + strangers.length, headAt = () => shaOf(total - 1), messageBody }: Many): { readonly answer: () => Promise<CommitPeople>; readonly requests: readonly string[] } {
  const { app, requests } = scripted(({ body }) => {
    const start = Number(JSON.parse(body).variables.after ?? 0);
    const end = Math.min(start + 100, listed);
    const nodes = Array.from({ length: end - start }, (_, index) => ({ commit: { oid: shaOf(start + index), ...(messageBody === undefined ? {} : { messageBody }), authors: { totalCount: authors, nodes: [dev, ...strangers.map((one) => ({ ...one, user: null }))] }, committer: { user: { login: 'web-flow', databaseId: 19 } } } }));
    return { data: { repository: { pullRequest: { headRefOid: headAt(start), commits: { totalCount: total, pageInfo: { hasNextPage: end < listed, endCursor: String(end) }, nodes } } } } };
  });
  return { answer: () => app.repository(ref).commitPeople(7), requests };
}

test('commitPeople() reads every page, and names GitHub itself nowhere', async () => {
  const { answer, requests } = asking({ total: 250 });
  const people = await answer();
  assert.deepEqual([people.head, people.commits.length, people.complete, requests.length], [shaOf(249), 250, true, 3]);
  assert.deepEqual([...new Set(people.commits.flatMap((commit) => commit.people.map(({ login }) => login)))], ['dev']);
});

test('commitPeople() tells the agents that trailers of a message name, and no others', async () => {
  const people = await asking({ total: 1, messageBody: 'Agent: not in the last paragraph\n\nAssisted-by: Coder 3\nCo-authored-by: Dev <dev@example.com>\ngenerated-by: Maker' }).answer();
  assert.deepEqual(people.commits.map(({ agents }) => agents), [['Coder 3', 'Maker']]);
});

test('attack: an App that GitHub tells as no account is told by the name or the address that it signs with, and no person is', async () => {
  const strangers = [{ name: 'robot[bot]', email: 'x@example.com' }, { name: 'Mona', email: '41+Maker[bot]@users.noreply.github.com' }, { name: 'Mona', email: 'mona@example.com' }, { name: null, email: null }];
  const people = await asking({ total: 1, strangers, messageBody: 'It adds.\n\nAgent: Coder' }).answer();
  assert.deepEqual(people.commits.map(({ agents, people: known }) => [agents, known.map(({ login }) => login)]), [[['Coder', 'robot[bot]', 'Maker[bot]'], ['dev']]]);
});

test('commitPeople() is not complete beyond its limit, where GitHub lists fewer than there are, or not the head', async () => {
  const told = await Promise.all([asking({ total: 1_200 }), asking({ total: 300, listed: 250 }), asking({ total: 2, headAt: () => 'f'.repeat(40) })].map(({ answer }) => answer()));
  assert.deepEqual(told.map(({ complete, commits }) => [complete, commits.length]), [[false, 1_000], [false, 250], [false, 2]]);
});

test('attack: a commit with more co-authors than are listed is not complete', async () => {
  assert.equal((await asking({ total: 1, authors: 51 }).answer()).complete, false);
});

test('commitPeople() throws when the head moves between two pages', async () => {
  await assert.rejects(asking({ total: 150, headAt: (start) => shaOf(start) }).answer(), isFailure('GITHUB_UNAVAILABLE'));
});

test('commitPeople() throws for an answer that it does not know', async () => {
  const { app } = scripted(() => ({ data: { repository: { pullRequest: { headRefOid: shaOf(1), commits: null } } } }));
  await assert.rejects(app.repository(ref).commitPeople(7), isFailure('GITHUB_UNAVAILABLE'));
});
