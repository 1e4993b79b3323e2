import { tipOf } from './git-objects.ts';
import { isJson, listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { emitPush, followPush, senderOf, upstreamToken } from './pull-routes.ts';
import { mayComment, mayEditComment } from './may-comment.ts';
import { pageOf, refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { completeComment, completeRepository, completeUser, repositoryShape, userShape } from './shapes.ts';
import type { World } from './world.ts';

/** Repositories, branches, rules, roles, reactions; and the emulator's own answers, completed. */
export const repositoryRoutes: readonly Route[] = [
  { method: 'GET', path: '/installation/repositories', needs: null, answer: listInstalled },
  { method: 'GET', path: '/repos/:owner/:repo', needs: null, answer: readRepository },
  { method: 'GET', path: '/repos/:owner/:repo/rules/branches/:branch', needs: null, answer: listRules },
  { method: 'GET', path: '/repos/:owner/:repo/branches', needs: 'contents:read', answer: completedList((_world, item) => item) },
  { method: 'GET', path: '/repos/:owner/:repo/branches/:branch', needs: 'contents:read', answer: readBranch },
  { method: 'GET', path: '/repos/:owner/:repo/collaborators/:login/permission', needs: null, answer: readPermission },
  { method: 'PATCH', path: '/repos/:owner/:repo/git/refs/:ref*', needs: 'contents:write', answer: moveRef },
  { method: 'POST', path: '/repos/:owner/:repo/git/refs', needs: 'contents:write', answer: createRef },
  { method: 'GET', path: '/repos/:owner/:repo/git/ref/:ref', needs: 'contents:read', answer: completed((_world, body) => body) },
  { method: 'GET', path: '/repos/:owner/:repo/git/matching-refs/:ref', needs: 'contents:read', answer: completedList((_world, item) => item) },
  { method: 'GET', path: '/repos/:owner/:repo/git/trees/:sha', needs: 'contents:read', answer: completed((_world, body) => body) },
  { method: 'GET', path: '/repos/:owner/:repo/git/blobs/:sha', needs: 'contents:read', answer: completed((_world, body) => body) },
  { method: 'GET', path: '/repos/:owner/:repo/compare/:basehead', needs: 'contents:read', answer: compare },
  { method: 'GET', path: '/repos/:owner/:repo/commits', needs: 'contents:read', answer: completedList((_world, item) => completeCommit(item)) },
  { method: 'GET', path: '/repos/:owner/:repo/issues/:number/comments', needs: null, answer: listComments },
  { method: 'GET', path: '/repos/:owner/:repo/issues/comments/:id', needs: 'pull_requests:read', answer: completed(completeComment) },
  { method: 'PATCH', path: '/repos/:owner/:repo/issues/comments/:id', needs: null, answer: editComment },
  { method: 'POST', path: '/repos/:owner/:repo/issues/comments/:id/reactions', needs: 'pull_requests:write', answer: react },
  { method: 'GET', path: '/repos/:owner/:repo/issues/comments/:id/reactions', needs: 'pull_requests:read', answer: async (world, call) => ({ status: 200, body: world.reactions.get(reactionKey(call)) ?? [] }) },
];

const ofMerges = ['allow_merge_commit', 'allow_squash_merge', 'allow_rebase_merge', 'allow_auto_merge', 'delete_branch_on_merge', 'allow_update_branch', 'use_squash_pr_title_as_default', 'squash_merge_commit_title', 'squash_merge_commit_message', 'merge_commit_title', 'merge_commit_message'];

/** What concerns merges is for those who may write contents. */
async function readRepository(world: World, call: Call): Promise<Answer> {
  const reply = await world.upstream.call('GET', pathOf(call));
  if (reply.status !== 200) return { status: reply.status, body: reply.body };
  const merges = { allow_merge_commit: true, allow_squash_merge: true, allow_rebase_merge: true, allow_auto_merge: false, delete_branch_on_merge: false, allow_update_branch: false };
  const whole = { ...completeRepository(objectOf(reply.body)), ...merges, ...world.settings.get(call.repository) };
  const seesMerges = call.identity.kind === 'user' || (call.identity.kind === 'installation' && call.identity.permissions['contents'] === 'write');
  return { status: 200, body: seesMerges ? whole : Object.fromEntries(Object.entries(whole).filter(([name]) => !ofMerges.includes(name))) };
}

function completed(complete: (world: World, body: Json) => Json): Route['answer'] {
  return async (world, call) => {
    const reply = await world.upstream.call('GET', pathOf(call));
    return reply.status === 200 ? { status: 200, body: complete(world, objectOf(reply.body)) } : { status: reply.status, body: reply.body };
  };
}

function completedList(complete: (world: World, item: Json) => Json): Route['answer'] {
  return async (world, call) => {
    const reply = await world.upstream.call('GET', pathOf(call));
    const link = reply.headers['link'];
    if (reply.status !== 200) return { status: reply.status, body: reply.body };
    return { status: 200, headers: link === undefined ? {} : { link }, body: listOf(reply.body).map((item) => complete(world, item)) };
  };
}

function pathOf(call: Call): string {
  return `${call.path}${call.query.size === 0 ? '' : `?${call.query.toString()}`}`;
}

/** Commits need a signature, a file list and users of the full shape. */
function completeCommit(item: Json): Json {
  return { ...item, author: isJson(item['author']) ? completeUser(item['author']) : null, committer: isJson(item['committer']) ? completeUser(item['committer']) : null };
}

async function compare(world: World, call: Call): Promise<Answer> {
  const reply = await world.upstream.call('GET', pathOf(call));
  if (reply.status === 404) return refuse(404, await compareProblem(world, call));
  if (reply.status !== 200) return reply;
  const body = objectOf(reply.body);
  return { status: 200, body: { ...body, base_commit: completeCommit(objectOf(body['base_commit'])), merge_base_commit: completeCommit(objectOf(body['merge_base_commit'])), commits: listOf(body['commits']).map(completeCommit) } };
}

/** GitHub says so when both commits exist and share nothing. */
async function compareProblem(world: World, call: Call): Promise<string> {
  const ends = (call.at['basehead'] ?? '').split('...');
  const replies = await Promise.all(ends.map((sha) => world.upstream.call('GET', `/repos/${call.repository}/git/commits/${sha}`)));
  return replies.every((reply) => reply.status === 200) ? `No common ancestor between ${ends[0]} and ${ends[1]}.` : 'Not Found';
}

async function listInstalled(world: World, call: Call): Promise<Answer> {
  if (call.identity.kind !== 'installation') return refuse(403, 'You must authenticate with an installation access token in order to list repositories for an installation.');
  const ids = call.identity.repositoryIds;
  const seen = [...world.repositories].filter(([, { id }]) => ids === null || ids.includes(id)).map(([name]) => name);
  const page = pageOf(world, call, seen);
  const repositories = await Promise.all(page.items.map((name) => repositoryShape(world, name)));
  return { status: 200, headers: page.headers, body: { total_count: seen.length, repository_selection: ids === null ? 'all' : 'selected', repositories } };
}

async function listRules(world: World, call: Call): Promise<Answer> {
  const found = (world.required.get(`${call.repository}:${call.at['branch']}`) ?? []).filter((one) => one.by === 'ruleset');
  const rules = found.map((one, index) => ({
    type: 'required_status_checks',
    ruleset_source_type: 'Repository',
    ruleset_source: call.repository,
    ruleset_id: index + 1,
    parameters: { strict_required_status_checks_policy: false, do_not_enforce_on_create: false, required_status_checks: [{ context: one.context, ...(one.appId === null ? {} : { integration_id: one.appId }) }] },
  }));
  return { status: 200, body: [...rules, ...(world.rules.get(`${call.repository}:${call.at['branch']}`) ?? [])] };
}

async function readBranch(world: World, call: Call): Promise<Answer> {
  const branch = call.at['branch'] ?? '';
  const sha = await tipOf(world, call.repository, branch);
  if (sha === null) return refuse(404, 'Branch not found');
  const commit = objectOf((await world.upstream.must('GET', `/repos/${call.repository}/commits/${sha}`)).body);
  const found = (world.required.get(`${call.repository}:${branch}`) ?? []).filter((one) => one.by === 'protection');
  const url = `${world.url()}/repos/${call.repository}/branches/${branch}`;
  const statuses = { enforcement_level: found.length === 0 ? 'off' : 'everyone', contexts: found.map((one) => one.context), checks: found.map((one) => ({ context: one.context, app_id: one.appId })) };
  return { status: 200, body: { name: branch, commit: completeCommit(commit), _links: { self: url, html: url }, protected: found.length > 0, protection: { enabled: found.length > 0, required_status_checks: statuses }, protection_url: `${url}/protection` } };
}

async function readPermission(world: World, call: Call): Promise<Answer> {
  const login = call.at['login'] ?? '';
  const role = world.roles.get(`${call.repository}:${login}`) ?? world.roles.get(login);
  if (role === undefined) return refuse(404, `${login} is not a user`);
  const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
  const user = await userShape(world, login);
  return { status: 200, body: { permission, role_name: role, user: { ...user, role_name: role, permissions: { pull: role !== 'none', push: permission === 'write' || permission === 'admin', admin: role === 'admin' } } } };
}

async function moveRef(world: World, call: Call): Promise<Answer> {
  const branch = (call.at['ref'] ?? '').replace(/^heads\//, '');
  const before = await tipOf(world, call.repository, branch);
  const sha = textOf(call.body['sha']);
  const sender = senderOf(world, call);
  const made = await world.upstream.call('PATCH', `/repos/${call.repository}/git/refs/heads/${branch}`, call.body);
  if (made.status !== 200 || before === null || before === sha) return made;
  await emitPush(world, call.repository, branch, before, sha, sender);
  await followPush(world, call.repository, branch, before, sha, sender);
  return made;
}

async function createRef(world: World, call: Call): Promise<Answer> {
  const made = await world.upstream.call('POST', `/repos/${call.repository}/git/refs`, call.body);
  const ref = textOf(call.body['ref']);
  if (made.status === 201 && ref.startsWith('refs/heads/')) await emitPush(world, call.repository, ref.slice('refs/heads/'.length), null, textOf(call.body['sha']), senderOf(world, call));
  return made;
}

async function listComments(world: World, call: Call): Promise<Answer> {
  if (!mayComment(world, call, 'read')) return refuse(403, 'Resource not accessible by integration');
  return completedList(completeComment)(world, call);
}

async function editComment(world: World, call: Call): Promise<Answer> {
  if (!mayEditComment(call)) return refuse(403, 'Resource not accessible by integration');
  const text = call.body['body'];
  if (typeof text !== 'string' || text.length > 65_536) return refuse(422, 'Validation Failed');
  const reply = await world.upstream.call('PATCH', call.path, call.body, await upstreamToken(call));
  return reply.status === 200 ? { status: 200, body: completeComment(world, objectOf(reply.body)) } : reply;
}

async function react(world: World, call: Call): Promise<Answer> {
  const key = reactionKey(call);
  const known = world.reactions.get(key) ?? [];
  const login = senderOf(world, call);
  const same = known.find((one) => one['content'] === call.body['content'] && objectOf(one['user'])['login'] === login);
  if (same !== undefined) return { status: 200, body: same };
  const made = { id: known.length + 1, node_id: 'UkVB', user: await userShape(world, login), content: call.body['content'], created_at: world.now().toISOString() };
  world.reactions.set(key, [...known, made]);
  return { status: 201, body: made };
}

function reactionKey(call: Call): string {
  return `${call.repository}:${call.at['id']}`;
}

