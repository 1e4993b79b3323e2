import { isRemediationBranch } from '../../domain/remediation/branch-name.ts';
import type { RemediationQuestion, RemediationReading, SeenPullRequest } from '../../domain/remediation/remediation-reading.ts';
import { Failure } from '../../domain/failure.ts';
import { flagAt, listAt, optionalShaAt, shaAt, textAt, valueAt } from '../answer.ts';
import { forEachPage } from '../pages.ts';
import { appsPullRequests } from '../pull-requests.ts';
import type { RepositoryCalls } from '../repository-calls.ts';
import type { RemediationMemory } from './remediation-memory.ts';
import { pullRequestFields, seenPullRequest } from './seen-pull-request.ts';

/** Pull requests from branches of one name, forks' included, that are asked for at once. Whoever can read may open and close more. */
const firstFromBranch = 20;

const branchPage = 'pageInfo { hasNextPage endCursor } nodes { name target { oid ... on Commit { tree { oid } } } }';
const openPage = `pageInfo { hasNextPage endCursor } nodes { ${pullRequestFields} }`;

/** Tip of the base, branches, pull requests of the wanted heads and numbers, and what is open: in one query, and one more for each further page. */
export async function readRemediation(calls: RepositoryCalls, memory: RemediationMemory, question: RemediationQuestion): Promise<RemediationReading> {
  const first = await calls.query(queryOf(question), variablesOf(question));
  memory.learnRepository(first);
  const branches = new Map<string, unknown>();
  const open: unknown[] = [];
  await forEachPage(async (after) => takePage(after === null ? first : await calls.query(branchesQuery, { after }), 'refs', (node) => void branches.set(textAt(node, ['name']), node)));
  await forEachPage(async (after) => takePage(after === null ? first : await calls.query(openQuery, { after }), 'open', (node) => void open.push(node)));
  const byHead = (await Promise.all(question.heads.map((branch, index) => fromBranch(calls, first, `h${index}`, branch)))).flat();
  const byNumber = question.numbers.flatMap((_number, index) => valueAt(first, [`n${index}`]) ?? []);
  const base = optionalShaAt(first, ['base', 'target', 'oid']);
  for (const commit of [valueAt(first, ['base', 'target']), ...[...branches.values()].map((node) => valueAt(node, ['target']))]) memory.learnCommit(commit);
  const seen = [...byHead, ...byNumber, ...open].map((node) => seenPullRequest(node, memory));
  return { base, mergesByItself: memory.mergeMethod !== null, branches: [...branches].map(([name, node]) => ({ name, tip: shaAt(node, ['target', 'oid']) })).filter(({ name }) => isOurs(name)), pullRequests: await withBodies(calls, memory, seen) };
}

function isOurs(branch: string): boolean {
  return branch.toLowerCase().startsWith('plumbline');
}

/** The filter of refs finds parts of names; what begins otherwise is left out afterwards. */
function queryOf({ heads, numbers }: RemediationQuestion): string {
  const declared = [...heads.map((_head, index) => `$h${index}: String!`), ...numbers.map((_number, index) => `$n${index}: Int!`)].map((one) => `, ${one}`).join('');
  const asked = [
    ...heads.map((_head, index) => `h${index}: pullRequests(headRefName: $h${index}, first: ${firstFromBranch}) { pageInfo { hasNextPage } nodes { body ${pullRequestFields} } }`),
    ...numbers.map((_number, index) => `n${index}: pullRequest(number: $n${index}) { body ${pullRequestFields} }`),
  ];
  return `query($owner: String!, $name: String!, $base: String!${declared}) { repository(owner: $owner, name: $name) {
    id autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    base: ref(qualifiedName: $base) { target { oid ... on Commit { tree { oid } } } }
    refs(refPrefix: "refs/heads/", query: "plumbline", first: 100) { ${branchPage} }
    open: pullRequests(states: OPEN, first: 100) { ${openPage} }
    ${asked.join('\n    ')} } }`;
}

function variablesOf({ baseBranch, heads, numbers }: RemediationQuestion): Readonly<Record<string, unknown>> {
  return { base: `refs/heads/${baseBranch}`, ...Object.fromEntries(heads.map((head, index) => [`h${index}`, head])), ...Object.fromEntries(numbers.map((number, index) => [`n${index}`, number])) };
}

const branchesQuery = `query($owner: String!, $name: String!, $after: String) { repository(owner: $owner, name: $name) { refs(refPrefix: "refs/heads/", query: "plumbline", first: 100, after: $after) { ${branchPage} } } }`;
const openQuery = `query($owner: String!, $name: String!, $after: String) { repository(owner: $owner, name: $name) { open: pullRequests(states: OPEN, first: 100, after: $after) { ${openPage} } } }`;

function takePage(repository: unknown, member: string, take: (node: unknown) => void): string | null {
  for (const node of listAt(repository, [member, 'nodes'])) take(node);
  return flagAt(repository, [member, 'pageInfo', 'hasNextPage']) ? textAt(repository, [member, 'pageInfo', 'endCursor']) : null;
}

/** All that were asked for at once; where there are more, those of Apps from the branch of the repository itself, which no number of forks hides. */
async function fromBranch(calls: RepositoryCalls, repository: unknown, member: string, branch: string): Promise<readonly unknown[]> {
  const nodes = listAt(repository, [member, 'nodes']);
  if (!flagAt(repository, [member, 'pageInfo', 'hasNextPage'])) return nodes;
  const own: unknown[] = [];
  for (const number of await appsPullRequests(calls, branch)) own.push(await nodeOf(calls, number));
  return [...nodes, ...own];
}

async function nodeOf(calls: RepositoryCalls, number: number): Promise<unknown> {
  const node = valueAt(await calls.query(bodyQuery, { number }), ['pullRequest']);
  if (node === null || node === undefined) throw new Failure('GITHUB_UNAVAILABLE', `Cannot read #${number}: it was listed, and is not shown, expected it`);
  return node;
}

/** Each once, without those that have nothing to do with us; with its text where the name of its branch does not say whose it is. */
async function withBodies(calls: RepositoryCalls, memory: RemediationMemory, seen: readonly (SeenPullRequest & { readonly isWhole: boolean })[]): Promise<readonly SeenPullRequest[]> {
  const each = new Map(seen.toReversed().map((one) => [one.number, one]));
  const concerning = [...each.values()].filter((one) => one.isWhole || one.openedByUs || isOurs(one.branch));
  const unread = concerning.filter((one) => !one.isWhole && one.openedByUs && !isRemediationBranch(one.branch)).map(({ number }) => number);
  for (const number of unread) {
    const node = valueAt(await calls.query(bodyQuery, { number }), ['pullRequest']);
    if (node !== null && node !== undefined) each.set(number, seenPullRequest(node, memory));
  }
  return concerning.map(({ number }) => each.get(number)).flatMap((one) => (one === undefined ? [] : [withoutMark(one)])).toSorted((a, b) => a.number - b.number);
}

const bodyQuery = `query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { body ${pullRequestFields} } } }`;

function withoutMark({ isWhole: _isWhole, ...one }: SeenPullRequest & { readonly isWhole: boolean }): SeenPullRequest {
  return one;
}
