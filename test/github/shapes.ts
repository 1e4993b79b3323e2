import { tipOf } from './git-objects.ts';
import { isJson, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { refOfHead } from './world.ts';
import type { Pull, World } from './world.ts';

/** GitHub's JSON for things, completed where the emulator leaves something out or out of date. */
export async function repositoryShape(world: World, repository: string): Promise<Json> {
  return completeRepository(objectOf((await world.upstream.must('GET', `/repos/${repository}`)).body));
}

export function completeRepository(body: Json): Json {
  const url = textOf(body['url']);
  return {
    ...body,
    owner: completeUser(objectOf(body['owner'])),
    labels_url: `${url}/labels{/name}`,
    pulls_url: `${url}/pulls{/number}`,
    languages_url: `${url}/languages`,
    network_count: 0,
    subscribers_count: 0,
    has_pull_requests: true,
    web_commit_signoff_required: false,
    pushed_at: body['pushed_at'] ?? body['created_at'],
    homepage: body['homepage'] ?? null,
  };
}

/** Organisations as owners have a user's members too. */
export function completeUser(body: Json): Json {
  const url = textOf(body['url']).replace('[bot]', '%5Bbot%5D');
  const members = ['followers', 'following{/other_user}', 'gists{/gist_id}', 'starred{/owner}{/repo}', 'subscriptions', 'orgs', 'repos', 'events{/privacy}', 'received_events'];
  const names = ['followers_url', 'following_url', 'gists_url', 'starred_url', 'subscriptions_url', 'organizations_url', 'repos_url', 'events_url', 'received_events_url'];
  const links = Object.fromEntries(names.map((name, index) => [name, `${url}/${members[index]}`]));
  return { gravatar_id: '', ...body, ...links, url, html_url: url, avatar_url: `${url}/avatar` };
}

export async function userShape(world: World, login: string): Promise<Json> {
  const reply = await world.upstream.call('GET', `/users/${encodeURIComponent(world.emulated.get(login) ?? login)}`);
  const body = reply.status === 200 ? { ...objectOf(reply.body), login } : botUser(world, login);
  const public_ = ['login', 'id', 'node_id', 'avatar_url', 'gravatar_id', 'url', 'html_url', 'type', 'site_admin', 'user_view_type'];
  return completeUser(Object.fromEntries(public_.map((name) => [name, body[name]])));
}

function botUser(world: World, login: string): Json {
  const url = `${world.url()}/users/${login}`;
  return { login, id: 900_000 + world.appId, node_id: 'Qk9U', avatar_url: `${url}/avatar`, gravatar_id: '', url, html_url: url, type: 'Bot', site_admin: false, user_view_type: 'public' };
}

export function appShape(world: World): Json {
  const url = `${world.url()}/apps/${world.slug}`;
  const instant = '2026-01-01T00:00:00Z';
  const owner = { login: world.organization, id: 1, node_id: 'T1JH', url: `${world.url()}/orgs/${world.organization}`, avatar_url: `${url}/avatar`, html_url: url, type: 'Organization', site_admin: false };
  return { id: world.appId, slug: world.slug, node_id: 'QVBQ', client_id: 'Iv1.0000000000000000', owner: completeUser(owner), name: world.slug, description: '', external_url: url, html_url: url, created_at: instant, updated_at: instant, permissions: world.permissions, events: ['push', 'pull_request', 'check_run', 'check_suite', 'issue_comment', 'member', 'membership', 'merge_group', 'organization', 'pull_request_review'] };
}

export async function pullShape(world: World, repository: string, pull: Pull): Promise<Json> {
  const body = objectOf((await world.upstream.must('GET', `/repos/${repository}/pulls/${pull.number}`)).body);
  const head = pull.state === 'open' ? ((await tipOf(world, repository, refOfHead(pull))) ?? pull.headSha) : pull.headSha;
  const repo = await repositoryShape(world, repository);
  const author = await userShape(world, pull.author);
  const headRepo = pull.fork === null ? repo : forkShape(repo, pull.fork, author);
  return {
    ...body,
    title: pull.title,
    body: pull.body === '' ? null : pull.body,
    draft: pull.draft,
    user: author,
    state: pull.state,
    merged: pull.mergeCommit !== null,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    node_id: pullId(Number(repo['id']), pull.number),
    closed_at: pull.closed?.at ?? null,
    mergeable: pull.state === 'open' ? true : null,
    active_lock_reason: null,
    head: { label: `${pull.fork ?? repository.split('/')[0]}:${pull.headBranch}`, ref: pull.headBranch, sha: head, user: pull.fork === null ? repo['owner'] : author, repo: headRepo },
    base: { label: `${repository.split('/')[0]}:${pull.baseBranch}`, ref: pull.baseBranch, sha: pull.baseSha, user: repo['owner'], repo },
  };
}

/** The node id of a pull request. */
export function pullId(repositoryId: number, number: number): string {
  return `PR_${repositoryId}_${number}`;
}

export function forkIdOf(login: string, repositoryId: number): number {
  return 50_000 + repositoryId * 100 + (Buffer.from(login).reduce((sum, byte) => sum + byte, 0) % 100);
}

function forkShape(repo: Json, login: string, owner: Json): Json {
  const name = `${login}/${textOf(repo['name'])}`;
  const moved = JSON.stringify(repo).replaceAll(textOf(repo['full_name']), name);
  return { ...objectOf(JSON.parse(moved)), id: forkIdOf(login, Number(repo['id'])), full_name: name, owner, fork: true };
}

export function completeComment(world: World, body: Json): Json {
  const user = isJson(body['user']) ? completeUser(body['user']) : null;
  const own = user !== null && user['login'] === `${world.slug}[bot]`;
  return { ...body, ...commentTimes(body), user, performed_via_github_app: own ? appShape(world) : null };
}

/** GitHub's instants have whole seconds, and a new comment has one for both: the emulator reads its clock twice. */
function commentTimes({ created_at: created, updated_at: updated }: Json): Json {
  const [from, to] = [Date.parse(textOf(created)), Date.parse(textOf(updated))];
  const whole = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
  return Number.isNaN(from) || Number.isNaN(to) ? {} : { created_at: whole(from), updated_at: to - from < 20 ? whole(from) : whole(Math.max(to, from + 1_000)) };
}

/** The emulator keeps annotations of the last call only, and no App. */
export function completeCheckRun(world: World, body: Json): Json {
  const id = Number(body['id']);
  const output = objectOf(body['output']);
  const app = world.checkApps.get(id);
  const url = textOf(body['url']);
  return {
    ...body,
    started_at: body['started_at'] ?? '2026-01-01T00:00:00Z',
    details_url: body['details_url'] ?? url,
    output: { ...output, annotations_count: world.annotations.get(id)?.length ?? 0, annotations_url: `${url}/annotations` },
    app: app === undefined || app === null ? null : { ...appShape(world), id: app },
  };
}
