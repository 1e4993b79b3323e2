import { listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { Refused } from './graphql-mutation.ts';
import { senderOf, withPull } from './pull-routes.ts';
import { refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { userShape } from './shapes.ts';
import type { Pull, World } from './world.ts';

/** Owners of the organisation and reviews of pull requests. */
export const peopleRoutes: readonly Route[] = [
  { method: 'GET', path: '/orgs/:org/memberships/:login', needs: null, answer: readMembership },
  { method: 'GET', path: '/repos/:owner/:repo/pulls/:number/reviews', needs: 'pull_requests:read', answer: listReviews },
  { method: 'POST', path: '/repos/:owner/:repo/pulls/:number/reviews', needs: 'pull_requests:write', answer: review },
  { method: 'PUT', path: '/repos/:owner/:repo/pulls/:number/reviews/:id/dismissals', needs: 'pull_requests:write', answer: dismiss },
];

async function readMembership(world: World, call: Call): Promise<Answer> {
  if (call.identity.kind === 'installation' && call.identity.permissions['members'] === undefined) return refuse(403, 'Resource not accessible by integration');
  const login = call.at['login'] ?? '';
  if (call.at['org'] !== world.organization || !world.roles.has(login)) return refuse(404, 'Not Found');
  const found = objectOf((await world.upstream.must('GET', `/orgs/${world.organization}`)).body);
  const url = `${world.url()}/orgs/${world.organization}`;
  const organization = { login: world.organization, id: found['id'], node_id: found['node_id'], url, repos_url: `${url}/repos`, events_url: `${url}/events`, hooks_url: `${url}/hooks`, issues_url: `${url}/issues`, members_url: `${url}/members{/member}`, public_members_url: `${url}/public_members{/member}`, avatar_url: `${url}/avatar`, description: null };
  return { status: 200, body: { url: `${url}/memberships/${login}`, state: 'active', role: world.owners.has(login) ? 'admin' : 'member', organization_url: url, organization, user: await userShape(world, login) } };
}

function reviewsOf(world: World, call: Call): readonly Json[] {
  return world.reviews.get(`${call.repository}#${call.at['number']}`) ?? [];
}

async function listReviews(world: World, call: Call): Promise<Answer> {
  return withPull(world, call, async () => ({ status: 200, body: reviewsOf(world, call) }));
}

const states: Readonly<Record<string, string>> = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' };

async function review(world: World, call: Call): Promise<Answer> {
  return withPull(world, call, async (pull: Pull) => {
    const known = reviewsOf(world, call);
    const url = `${world.url()}/repos/${call.repository}/pulls/${pull.number}`;
    const made = {
      id: pull.number * 1_000 + known.length + 1,
      node_id: 'UFJS',
      user: await userShape(world, senderOf(world, call)),
      body: textOf(call.body['body'] ?? ''),
      state: states[textOf(call.body['event'])] ?? 'COMMENTED',
      html_url: url,
      pull_request_url: url,
      author_association: 'MEMBER',
      _links: { html: { href: url }, pull_request: { href: url } },
      submitted_at: world.now().toISOString(),
      commit_id: call.body['commit_id'] ?? pull.headSha,
    };
    world.reviews.set(`${call.repository}#${pull.number}`, [...known, made]);
    return { status: 200, body: made };
  });
}

async function dismiss(world: World, call: Call): Promise<Answer> {
  const all = reviewsOf(world, call).map((one) => (String(one['id']) === call.at['id'] ? { ...one, state: 'DISMISSED' } : one));
  world.reviews.set(`${call.repository}#${call.at['number']}`, all);
  return { status: 200, body: all.find((one) => String(one['id']) === call.at['id']) };
}

type Node = { readonly __typename: string } & Readonly<Record<string, unknown>>;

/** `Query.organization`: its teams, for whoever may read members. */
export function organizationNode(world: World, login: string, mayReadMembers: boolean): Node | null {
  if (login !== world.organization) throw new Refused('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
  return {
    __typename: 'Organization',
    login,
    team: (given: Json) => {
      if (!mayReadMembers) throw new Refused('FORBIDDEN', 'Resource not accessible by integration');
      return teamNode(world, textOf(given['slug']));
    },
  };
}

/** `Repository.collaborators`: who may do what; `query` finds logins that contain it. */
export function collaboratorsNode(world: World, repository: string, given: Json): Node {
  const logins = [...world.roles.keys()].filter((key) => !key.includes(':') && key.toLowerCase().includes(textOf(given['query'] ?? '').toLowerCase()));
  const edges = logins.flatMap((login) => {
    const role = world.roles.get(`${repository}:${login}`) ?? world.roles.get(login) ?? 'none';
    return role === 'none' ? [] : [{ __typename: 'RepositoryCollaboratorEdge', permission: role.toUpperCase(), node: { __typename: 'User', login } }];
  });
  return { __typename: 'RepositoryCollaboratorConnection', edges: edges.slice(0, Number(given['first'])) };
}

/** Members of teams below count; `query` finds logins that contain it. */
function teamNode(world: World, slug: string): Node | null {
  if (!world.teams.has(slug)) return null;
  return {
    __typename: 'Team',
    slug,
    members: (given: Json) => {
      const members = given['membership'] === 'IMMEDIATE' ? [...(world.teams.get(slug)?.members ?? [])] : membersBelow(world, slug);
      const found = members.filter((login) => login.toLowerCase().includes(textOf(given['query'] ?? '').toLowerCase()));
      const nodes = found.slice(0, Number(given['first'])).map((login) => ({ __typename: 'User', login }));
      return { __typename: 'TeamMemberConnection', totalCount: found.length, nodes, pageInfo: { __typename: 'PageInfo', hasNextPage: nodes.length < found.length } };
    },
  };
}

function membersBelow(world: World, slug: string): readonly string[] {
  const below = [...world.teams].filter(([, team]) => team.parent === slug).flatMap(([child]) => membersBelow(world, child));
  return [...new Set([...(world.teams.get(slug)?.members ?? []), ...below])];
}

/** `PullRequest.commits`: base…head, oldest first, with the accounts that the addresses in them belong to. */
export async function commitsNode(world: World, repository: string, range: { readonly base: string; readonly head: string }, given: Json): Promise<Node> {
  const compared = objectOf((await world.upstream.must('GET', `/repos/${repository}/compare/${range.base}...${range.head}`)).body);
  const all = listOf(compared['commits']);
  const start = typeof given['after'] === 'string' ? Number(given['after']) : 0;
  const end = start + Number(given['first']);
  const nodes = await Promise.all(all.slice(start, end).map(async (item) => ({ __typename: 'PullRequestCommit', commit: await commitNode(world, item) })));
  return { __typename: 'PullRequestCommitConnection', totalCount: all.length, pageInfo: { __typename: 'PageInfo', hasNextPage: end < all.length, endCursor: String(end) }, nodes };
}

/** The git author first, then everybody whom the message calls a co-author. */
async function commitNode(world: World, item: Json): Promise<Node> {
  const commit = objectOf(item['commit']);
  const coAuthors = [...textOf(commit['message']).matchAll(/^Co-authored-by: (.*)<(.+)>$/gim)].map(([, name = '', email = '']) => ({ name: name.trim(), email }));
  const authors = await Promise.all([objectOf(commit['author']), ...coAuthors].map((actor) => actorNode(world, actor)));
  const connection = (given: Json): Node => ({ __typename: 'GitActorConnection', totalCount: authors.length, nodes: authors.slice(0, Number(given['first'])) });
  const parents = (given: Json): Node => ({ __typename: 'CommitConnection', totalCount: listOf(item['parents']).length, nodes: listOf(item['parents']).slice(0, Number(given['first'])).map((parent) => ({ __typename: 'Commit', oid: parent['sha'] })) });
  const messageBody = textOf(commit['message']).split('\n').slice(1).join('\n').trimStart();
  return { __typename: 'Commit', oid: item['sha'], parents, messageBody, authors: connection, committer: () => actorNode(world, objectOf(commit['committer'])) };
}

/** `Commit.history`: the commit and what it stands on, newest first. */
export async function historyNode(world: World, repository: string, commit: string, given: Json): Promise<Node> {
  const listed = listOf((await world.upstream.must('GET', `/repos/${repository}/commits?sha=${commit}&per_page=${Number(given['first'])}`)).body);
  return { __typename: 'CommitHistoryConnection', nodes: await Promise.all(listed.map((item) => commitNode(world, item))) };
}

async function actorNode(world: World, actor: Json): Promise<Node> {
  const email = textOf(actor['email']);
  const login = /^(.+)@users\.example$/.exec(email)?.[1] ?? '';
  const isKnown = world.roles.has(login) || login === `${world.slug}[bot]` || login === 'web-flow';
  const user = isKnown ? await userShape(world, login) : null;
  return { __typename: 'GitActor', name: actor['name'] ?? null, email, user: user === null ? null : { __typename: 'User', login, databaseId: user['id'] } };
}

/** `Repository.mergeQueue`; null where the branch has none. */
export function mergeQueueNode(world: World, repository: string, branch: string): Node | null {
  const entries = world.queues.get(`${repository}:${branch}`);
  if (entries === undefined) return null;
  const nodes = entries.map((entry, index) => ({
    __typename: 'MergeQueueEntry',
    position: index + 1,
    baseCommit: { __typename: 'Commit', oid: entry.base },
    headCommit: { __typename: 'Commit', oid: entry.head },
    pullRequest: { __typename: 'PullRequest', number: entry.number },
  }));
  return { __typename: 'MergeQueue', entries: (given: Json) => ({ __typename: 'MergeQueueEntryConnection', pageInfo: { __typename: 'PageInfo', hasNextPage: nodes.length > Number(given['first']) }, nodes: nodes.slice(0, Number(given['first'])) }) };
}
