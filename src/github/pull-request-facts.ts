import type { PullRequestFacts } from '../flows/ports/pull-request-facts.ts';
import { flagAt, numberAt, optionalNumberAt, optionalShaAt, optionalTextAt, shaAt, textAt, valueAt } from './answer.ts';
import { contentOf } from './blobs.ts';
import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { learnBody } from './pull-request-body.ts';
import { firstCommits, learnCommits } from './commit-people.ts';
import { Failure } from '../domain/failure.ts';
import type { LearnedObjects } from './learned-objects.ts';
import { learnMergeBase, newestPart, parentsIn } from './merge-base.ts';
import { entryOf, keyOfName, textOfName } from './names-at.ts';
import type { RepositoryCalls } from './repository-calls.ts';
import { forEachPage } from './pages.ts';

/** One query gives the tip of the base branch too; REST would give the base recorded when the head last moved. */
const fields = `number state title isDraft createdAt author { __typename login ... on User { databaseId } ... on Bot { databaseId } } headRefOid headRepository { databaseId }
  baseRefName baseRefOid baseRef { target { oid } } mergeCommit { oid }`;

/** Judging goes on with the default branch, the configuration at the base, what came to it last and whoever made the commits: they come along. */
const oneQuery = `query($owner: String!, $name: String!, $number: Int!, $path: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequest(number: $number) {
      ${fields}
      body
      ${firstCommits}
      configured: baseRef { target { oid ... on Commit { file(path: $path) { oid type mode object { ... on Blob { byteSize isBinary isTruncated text } } } ${newestPart} } } } } } }`;

const openQuery = `query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${fields} } } } }`;

/** Null when there is no pull request of that number. */
export async function readPullRequest(calls: RepositoryCalls, learned: LearnedObjects, number: number): Promise<PullRequestFacts | null> {
  const repository = await calls.query(oneQuery, { number, path: repositoryConfigurationPath });
  const node = valueAt(repository, ['pullRequest']);
  if (node === null || node === undefined) return null;
  const defaultBranch = optionalTextAt(repository, ['defaultBranchRef', 'name']);
  if (defaultBranch !== null) learned.learnText(defaultBranchKey, defaultBranch);
  learnConfiguration(valueAt(node, ['configured', 'target']), learned);
  learnCommits(node, number, learned);
  learnBody(node, number, learned);
  const facts = factsOf(node);
  learnMergeBase(calls, learned, { ...facts, parents: parentsIn(commitsToldWith(node)) });
  return facts;
}

/** Of the pull request and of its base; none of what was not told. */
function commitsToldWith(node: unknown): readonly unknown[] {
  const [own, newest] = [valueAt(node, ['commits', 'nodes']), valueAt(node, ['configured', 'target', 'history', 'nodes'])];
  return [...(Array.isArray(own) ? own.map((item: unknown) => valueAt(item, ['commit'])) : []), ...(Array.isArray(newest) ? newest : [])];
}

/** Under which the default branch is learned. */
export const defaultBranchKey = 'default-branch';

function learnConfiguration(commit: unknown, learned: LearnedObjects): void {
  const file = valueAt(commit, ['file']);
  if (file === undefined) return;
  const key = keyOfName(shaAt(commit, ['oid']), repositoryConfigurationPath);
  if (file === null) return learned.learnText(key, textOfName(null));
  const entry = entryOf(file);
  const { name } = entry;
  learned.learnText(key, textOfName(entry));
  if (entry.kind !== 'blob') return;
  const content = contentOf(valueAt(file, ['object']), name);
  if (content?.kind === 'bytes') learned.learnBlob(name, content);
}

export async function readOpenPullRequests(calls: RepositoryCalls): Promise<readonly PullRequestFacts[]> {
  const found: PullRequestFacts[] = [];
  await forEachPage(async (after: string | null) => {
    const page = valueAt(await calls.query(openQuery, { after }), ['pullRequests']);
    const nodes = valueAt(page, ['nodes']);
    if (!Array.isArray(nodes)) throw new Failure('GITHUB_UNAVAILABLE', 'Cannot list open pull requests: an answer without nodes, expected a list');
    for (const node of nodes) found.push(factsOf(node));
    return flagAt(page, ['pageInfo', 'hasNextPage']) ? textAt(page, ['pageInfo', 'endCursor']) : null;
  });
  return found;
}

function factsOf(node: unknown): PullRequestFacts {
  return {
    number: numberAt(node, ['number']),
    state: stateOf(textAt(node, ['state'])),
    title: textAt(node, ['title']),
    author: authorOf(node),
    authorId: optionalNumberAt(node, ['author', 'databaseId']),
    draft: flagAt(node, ['isDraft']),
    head: shaAt(node, ['headRefOid']),
    headRepositoryId: optionalNumberAt(node, ['headRepository', 'databaseId']),
    baseBranch: textAt(node, ['baseRefName']),
    // A base branch that was deleted has no tip any more.
    base: optionalShaAt(node, ['baseRef', 'target', 'oid']) ?? shaAt(node, ['baseRefOid']),
    createdAt: textAt(node, ['createdAt']),
    mergeCommit: optionalShaAt(node, ['mergeCommit', 'oid']),
  };
}

export function stateOf(text: string): PullRequestFacts['state'] {
  if (text === 'OPEN') return 'open';
  if (text === 'CLOSED') return 'closed';
  if (text === 'MERGED') return 'merged';
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot read a pull request: state "${text.slice(0, 80)}", expected OPEN, CLOSED or MERGED`);
}

/** Logins as REST and webhooks write them: GraphQL leaves the "[bot]" of an App out, which would make it a person's. */
function authorOf(node: unknown): string {
  const login = optionalTextAt(node, ['author', 'login']);
  if (login === null) return 'ghost';
  const type = textAt(node, ['author', '__typename']);
  if (type === 'Bot') return login.endsWith('[bot]') ? login : `${login}[bot]`;
  // An imported identity: its login is a claim, and may be someone else's here.
  return type === 'Mannequin' ? `mannequin:${login}` : login;
}
