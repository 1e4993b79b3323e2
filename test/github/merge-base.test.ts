import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripted } from './connected.ts';

const ref = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' } as const;
const shaOf = (index: number): string => index.toString(16).padStart(40, '0');
const [base, older, head] = [shaOf(1), shaOf(2), shaOf(9)];

/** What mergeBase() gives after a pull request was told with these commits, and these of its base, and how often GitHub was asked for a comparison. */
async function mergeBaseAfter(commits: Readonly<Record<string, readonly string[]>>, newest: Readonly<Record<string, readonly string[]>> = {}): Promise<{ readonly found: string; readonly compared: number }> {
  const told = (oid: string, parents: readonly string[]) => ({ oid, parents: { totalCount: parents.length, nodes: parents.slice(0, 2).map((parent) => ({ oid: parent })) } });
  const nodes = Object.entries(commits).map(([oid, parents]) => ({ commit: { ...told(oid, parents), authors: { totalCount: 0, nodes: [] }, committer: null } }));
  const configured = { target: { oid: base, history: { nodes: Object.entries(newest).map(([oid, parents]) => told(oid, parents)) } } };
  const pullRequest = {
    number: 7, state: 'OPEN', title: 't', isDraft: false, createdAt: '2026-11-26T09:00:00Z', author: { __typename: 'User', login: 'dev' }, headRefOid: head, headRepository: { databaseId: 100 },
    baseRefName: 'main', baseRefOid: older, baseRef: { target: { oid: base } }, configured, mergeCommit: null, commits: { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes },
  };
  const { app, requests } = scripted(({ path }) => (path.includes('/compare/') ? { merge_base_commit: { sha: older } } : { data: { repository: { defaultBranchRef: { name: 'main' }, pullRequest } } }));
  const repository = app.repository(ref);
  await repository.pullRequest(7);
  const found = await repository.mergeBase(base, head);
  return { found, compared: requests.filter((request) => request.includes('/compare/')).length };
}

test('mergeBase() asks nothing where a chain of parents leads from the head to the base', async () => {
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [base], [head]: [shaOf(5)] }), { found: base, compared: 0 });
});

test('mergeBase() asks nothing where the base was merged into the head', async () => {
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [older], [head]: [shaOf(5), base] }), { found: base, compared: 0 });
});

test('mergeBase() asks nothing where the base moved on and it is told from where', async () => {
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [older], [head]: [shaOf(5)] }, { [base]: [shaOf(3)], [shaOf(3)]: [older] }), { found: older, compared: 0 });
});

test('mergeBase() asks where the base moved on further than is told, or by more ways', async () => {
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [older], [head]: [shaOf(5)] }), { found: older, compared: 1 });
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [older], [head]: [shaOf(5)] }, { [base]: [shaOf(3)] }), { found: older, compared: 1 });
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [older], [head]: [shaOf(5)] }, { [base]: [older, shaOf(3), shaOf(4)] }), { found: older, compared: 1 });
});

test('attack: a listed commit on the base that the head does not stand on is no chain', async () => {
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [base], [head]: [older] }), { found: older, compared: 1 });
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [base] }), { found: older, compared: 1 });
});

test('mergeBase() is not led astray by commits in a circle', async () => {
  assert.deepEqual(await mergeBaseAfter({ [shaOf(5)]: [head], [head]: [shaOf(5)] }), { found: older, compared: 1 });
});
