import { userNode } from './accounts.ts';
import { mergeBaseOf, tipOf, treeOf } from './git-objects.ts';
import { parseQuery } from './graphql-language.ts';
import type { Selection } from './graphql-language.ts';
import { createCommitOnBranch, enableAutoMerge, Refused, updateRefs } from './graphql-mutation.ts';
import type { Mutating } from './graphql-mutation.ts';
import { isJson, listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { collaboratorsNode, commitsNode, historyNode, mergeQueueNode, organizationNode } from './people.ts';
import { forkIdOf, pullId, userShape } from './shapes.ts';
import { refOfHead } from './world.ts';
import type { Pull, World } from './world.ts';

type Member = (given: Json) => unknown;
/** A GraphQL object: members are values or functions of their arguments. */
type Node = { readonly __typename: string } & Readonly<Record<string, unknown>>;

interface Problem {
  readonly type?: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Answers a query from the emulator's REST data, as GitHub's schema has it. Unknown members are errors, with status 200. */
export async function answerQuery(world: World, body: Json, who: Who): Promise<Json> {
  const variables = isJson(body['variables']) ? body['variables'] : {};
  const problems: Problem[] = [];
  try {
    const query = parseQuery(textOf(body['query']));
    for (const declared of query.variables) {
      if (declared.required && (variables[declared.name] === undefined || variables[declared.name] === null)) {
        return { errors: [{ message: `Variable $${declared.name} of required type was provided invalid value` }] };
      }
    }
    for (const name of Object.keys(variables)) {
      if (!query.variables.some((one) => one.name === name)) return { errors: [{ message: `Variable $${name} is not declared` }] };
    }
    const data = await resolve({ variables, problems }, query.operation === 'mutation' ? mutationNode({ world, ...who }) : queryNode(world, who), query.selections, []);
    return problems.length === 0 ? { data } : { data, errors: problems };
  } catch (thrown) {
    return { errors: [{ message: thrown instanceof Error ? thrown.message : String(thrown) }] };
  }
}

export interface Who extends Omit<Mutating, 'world'> {
  readonly canRead: (repository: string) => boolean;
  /** Whether the caller was granted more than the repository's content: `members`, `merge_queues`. */
  readonly isGranted: (permission: string) => boolean;
}

class Missing extends Refused {
  constructor(message: string) {
    super('NOT_FOUND', message);
  }
}

function mutationNode(mutating: Mutating): Node {
  return {
    __typename: 'Mutation',
    createCommitOnBranch: async (given: Json) => ({ __typename: 'CreateCommitOnBranchPayload', commit: { __typename: 'Commit', oid: await createCommitOnBranch(mutating, given) } }),
    enablePullRequestAutoMerge: async (given: Json) => (await enableAutoMerge(mutating, given), { __typename: 'EnablePullRequestAutoMergePayload', clientMutationId: null }),
    ...(mutating.world.hasUpdateRefs ? { updateRefs: async (given: Json) => (await updateRefs(mutating, given), { __typename: 'UpdateRefsPayload', clientMutationId: null }) } : {}),
  };
}

interface Run {
  readonly variables: Json;
  readonly problems: Problem[];
}

async function resolve(run: Run, node: Node, selections: readonly Selection[], path: readonly (string | number)[]): Promise<Json> {
  const found: Json = {};
  await Promise.all(
    selections.map(async (selection) => {
      if (selection.kind === 'fragment') {
        if (selection.name === node.__typename) Object.assign(found, await resolve(run, node, selection.selections, path));
        return;
      }
      found[selection.alias] = await member(run, node, selection, [...path, selection.alias]);
    }),
  );
  return found;
}

async function member(run: Run, node: Node, selection: Selection, path: readonly (string | number)[]): Promise<unknown> {
  if (!Object.hasOwn(node, selection.name)) throw new Error(`Field '${selection.name}' doesn't exist on type '${node.__typename}'`);
  const given = Object.fromEntries(Object.entries(selection.arguments).map(([name, one]) => [name, 'variable' in one ? run.variables[one.variable] : one.value]));
  try {
    const value: unknown = typeof node[selection.name] === 'function' ? await (node[selection.name] as Member)(given) : node[selection.name];
    return await shape(run, value, selection, path);
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    run.problems.push({ type: thrown.type, path, message: thrown.message });
    return null;
  }
}

async function shape(run: Run, value: unknown, selection: Selection, path: readonly (string | number)[]): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item, index) => shape(run, item, selection, [...path, index])));
  if (isJson(value)) return resolve(run, value as Node, selection.selections, path);
  if (selection.selections.length > 0 && value !== null) throw new Error(`Selections can't be made on scalars (field '${selection.name}')`);
  return value ?? null;
}

function queryNode(world: World, { canRead, isGranted }: Who): Node {
  return {
    __typename: 'Query',
    repository: async (given: Json) => {
      const name = `${textOf(given['owner'])}/${textOf(given['name'])}`;
      const reply = await world.upstream.call('GET', `/repos/${name}`);
      if (reply.status !== 200 || !canRead(name)) throw new Missing(`Could not resolve to a Repository with the name '${name}'.`);
      return repositoryNode(world, objectOf(reply.body), isGranted);
    },
    user: (given: Json) => userNode(world, textOf(given['login'])),
    organization: (given: Json) => organizationNode(world, textOf(given['login']), isGranted('members')),
  };
}

function repositoryNode(world: World, repo: Json, isGranted: Who['isGranted']): Node {
  const name = textOf(repo['full_name']);
  const pulls = world.pulls.get(name) ?? new Map<number, Pull>();
  return {
    __typename: 'Repository',
    id: `R_${String(repo['id'])}`,
    databaseId: repo['id'],
    autoMergeAllowed: world.settings.get(name)?.['allow_auto_merge'] !== false,
    mergeCommitAllowed: true,
    squashMergeAllowed: true,
    rebaseMergeAllowed: true,
    refs: (given: Json) => refPage(world, name, given),
    nameWithOwner: name,
    isPrivate: repo['private'],
    defaultBranchRef: () => refNode(world, name, textOf(repo['default_branch'])),
    ref: (given: Json) => refNode(world, name, textOf(given['qualifiedName']).replace(/^refs\/heads\//, '')),
    object: (given: Json) => (given['oid'] === undefined ? objectAt(world, name, textOf(repo['default_branch']), textOf(given['expression'])) : objectNamed(world, name, textOf(given['oid']))),
    pullRequest: (given: Json) => {
      const pull = pulls.get(Number(given['number']));
      if (pull === undefined) throw new Missing(`Could not resolve to a PullRequest with the number of ${String(given['number'])}.`);
      return pullNode(world, repo, pull);
    },
    collaborators: (given: Json) => {
      if (!world.showsCollaborators) throw new Refused('FORBIDDEN', 'You do not have permission to view repository collaborators.');
      return collaboratorsNode(world, name, given);
    },
    mergeQueue: (given: Json) => {
      if (!isGranted('merge_queues')) throw new Refused('FORBIDDEN', 'Resource not accessible by integration');
      return mergeQueueNode(world, name, textOf(given['branch']));
    },
    pullRequests: (given: Json) => pullPage(world, repo, [...pulls.values()].filter((pull) => (given['states'] !== 'OPEN' || pull.state === 'open') && (given['headRefName'] ?? pull.headBranch) === pull.headBranch), given),
  };
}

async function refNode(world: World, repository: string, branch: string): Promise<Node | null> {
  const oid = await tipOf(world, repository, branch);
  return oid === null ? null : { __typename: 'Ref', name: branch, target: { __typename: 'Commit', oid, tree: async () => ({ __typename: 'Tree', oid: (await treeOf(world, repository, oid))?.sha ?? null }), file: (given: Json) => fileNode(world, repository, oid, textOf(given['path'])), history: (given: Json) => historyNode(world, repository, oid, given) } };
}

/** `Commit.file(path)`: an entry of the commit's tree, or null. */
async function fileNode(world: World, repository: string, commit: string, path: string): Promise<Node | null> {
  const item = (await treeOf(world, repository, commit))?.items.find((one) => one.path === path);
  if (item === undefined) return null;
  return { __typename: 'TreeEntry', oid: item.sha, type: item.type, mode: Number.parseInt(item.mode, 8), object: () => (item.type === 'commit' ? null : objectNamed(world, repository, item.sha)) };
}

/** GitHub's filter finds parts of names, whatever their case. */
async function refPage(world: World, repository: string, given: Json): Promise<Node> {
  const reply = await world.upstream.must('GET', `/repos/${repository}/branches?per_page=100`);
  const names = listOf(reply.body).map((one) => textOf(one['name'])).filter((name) => !name.startsWith('fork/') && name.toLowerCase().includes(textOf(given['query']).toLowerCase()));
  const start = typeof given['after'] === 'string' ? Number(given['after']) : 0;
  const end = start + Number(given['first']);
  return { __typename: 'RefConnection', pageInfo: { __typename: 'PageInfo', hasNextPage: end < names.length, endCursor: String(end) }, nodes: await Promise.all(names.slice(start, end).map((name) => refNode(world, repository, name))) };
}

async function pullPage(world: World, repo: Json, pulls: readonly Pull[], given: Json): Promise<Node> {
  const start = typeof given['after'] === 'string' ? Number(given['after']) : 0;
  const end = start + Number(given['first']);
  const nodes = await Promise.all(pulls.slice(start, end).map((pull) => pullNode(world, repo, pull)));
  return { __typename: 'PullRequestConnection', totalCount: pulls.length, pageInfo: { __typename: 'PageInfo', hasNextPage: end < pulls.length, endCursor: String(end) }, nodes };
}

async function pullNode(world: World, repo: Json, pull: Pull): Promise<Node> {
  const name = textOf(repo['full_name']);
  const head = pull.state === 'open' ? ((await tipOf(world, name, refOfHead(pull))) ?? pull.headSha) : pull.headSha;
  return {
    __typename: 'PullRequest',
    id: pullId(Number(repo['id']), pull.number),
    url: `${world.url()}/${name}/pull/${pull.number}`,
    body: pull.body,
    isCrossRepository: pull.fork !== null,
    closedAt: pull.closed?.at ?? null,
    mergedAt: pull.mergedAt,
    mergeable: async () => (pull.state === 'open' && (await conflicts(world, name, pull.baseBranch, head)) ? 'CONFLICTING' : 'MERGEABLE'),
    isInMergeQueue: (world.queues.get(`${name}:${pull.baseBranch}`) ?? []).some((one) => one.number === pull.number),
    autoMergeRequest: pull.autoMergeBy === null ? null : { __typename: 'AutoMergeRequest', enabledAt: pull.createdAt },
    timelineItems: { __typename: 'PullRequestTimelineItemsConnection', nodes: pull.closed === null ? [] : [{ __typename: 'ClosedEvent', actor: actorNode(pull.closed.by) }] },
    number: pull.number,
    state: pull.mergeCommit !== null ? 'MERGED' : pull.state.toUpperCase(),
    title: pull.title,
    isDraft: pull.draft,
    createdAt: pull.createdAt,
    author: await authorNode(world, pull.author),
    headRefOid: head,
    headRefName: pull.headBranch,
    headRepository: { __typename: 'Repository', databaseId: pull.fork === null ? repo['id'] : forkIdOf(pull.fork, Number(repo['id'])) },
    baseRefName: pull.baseBranch,
    baseRefOid: pull.baseSha,
    commits: async (given: Json) => commitsNode(world, name, { base: (pull.state === 'open' ? await tipOf(world, name, pull.baseBranch) : null) ?? pull.baseSha, head }, given),
    baseRef: () => refNode(world, name, pull.baseBranch),
    mergeCommit: pull.mergeCommit === null ? null : { __typename: 'Commit', oid: pull.mergeCommit },
  };
}

/** With the account, which an actor of an event is not asked for. */
async function authorNode(world: World, login: string): Promise<Node | null> {
  const actor = actorNode(login);
  return actor === null ? null : { ...actor, databaseId: (await userShape(world, login))['id'] };
}

function actorNode(login: string): Node | null {
  const bot = login.endsWith('[bot]');
  return login === 'ghost' ? null : { __typename: bot ? 'Bot' : 'User', login: bot ? login.slice(0, -'[bot]'.length) : login };
}

/** Whether a path was changed on both sides, and not to the same. */
async function conflicts(world: World, repository: string, baseBranch: string, head: string): Promise<boolean> {
  const base = await tipOf(world, repository, baseBranch);
  const from = base === null ? null : await mergeBaseOf(world, repository, base, head);
  const [old, ours, theirs] = await Promise.all([from, base, head].map(async (commit) => new Map(commit === null ? [] : (await treeOf(world, repository, commit))?.items.filter(({ type }) => type !== 'tree').map(({ path, sha }) => [path, sha]))));
  const paths = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? []), ...(old?.keys() ?? [])]);
  return [...paths].some((path) => ours?.get(path) !== old?.get(path) && theirs?.get(path) !== old?.get(path) && ours?.get(path) !== theirs?.get(path));
}

/** `revision:path`; null where nothing stands, without an error. */
async function objectAt(world: World, repository: string, defaultBranch: string, expression: string): Promise<Node | null> {
  const colon = expression.indexOf(':');
  const revision = (colon < 0 ? expression : expression.slice(0, colon)).replace(/^HEAD$/, defaultBranch);
  if (colon < 0) return objectNamed(world, repository, revision);
  const tree = await treeOf(world, repository, revision);
  const path = expression.slice(colon + 1);
  if (path === '') return tree === null ? null : { __typename: 'Tree', oid: tree.sha };
  const item = tree?.items.find((one) => one.path === path);
  if (item === undefined) return null;
  return item.type === 'blob' ? objectNamed(world, repository, item.sha) : { __typename: item.type === 'tree' ? 'Tree' : 'Commit', oid: item.sha };
}

async function objectNamed(world: World, repository: string, oid: string): Promise<Node | null> {
  const blob = await world.upstream.call('GET', `/repos/${repository}/git/blobs/${oid}`);
  if (blob.status === 200) return blobNode(oid, Buffer.from(textOf(objectOf(blob.body)['content']), 'base64'));
  const commit = await world.upstream.call('GET', `/repos/${repository}/git/commits/${oid}`);
  if (commit.status === 200) return { __typename: 'Commit', oid, file: (given: Json) => fileNode(world, repository, oid, textOf(given['path'])) };
  const tree = await world.upstream.call('GET', `/repos/${repository}/git/trees/${oid}`);
  return tree.status === 200 ? { __typename: 'Tree', oid } : null;
}

/** GitHub gives text up to 512 KiB, and none for what it takes for binary. */
function blobNode(oid: string, bytes: Buffer): Node {
  const isBinary = bytes.subarray(0, 8_000).includes(0);
  const isTruncated = bytes.length > 512 * 1024;
  return { __typename: 'Blob', oid, byteSize: bytes.length, isBinary, isTruncated, text: isBinary ? null : bytes.subarray(0, 512 * 1024).toString('utf8') };
}
