import { commitTree, mergedTree, moveBranch, tipOf } from './git-objects.ts';
import { listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { mayComment } from './may-comment.ts';
import { refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { appShape, completeComment, pullShape, repositoryShape, userShape } from './shapes.ts';
import { tokenOf } from './upstream.ts';
import { refOfHead } from './world.ts';
import type { Pull, World } from './world.ts';

/** Pull requests and what moves them. The emulator gives numbers and comments; heads, merges and forks are kept here. */
export const pullRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/pulls', needs: 'pull_requests:read', answer: listPulls },
  { method: 'POST', path: '/repos/:owner/:repo/pulls', needs: 'pull_requests:write', answer: openPull },
  { method: 'GET', path: '/repos/:owner/:repo/pulls/:number', needs: 'pull_requests:read', answer: async (world, call) => withPull(world, call, async (pull) => ({ status: 200, body: await pullShape(world, call.repository, pull) })) },
  { method: 'PATCH', path: '/repos/:owner/:repo/pulls/:number', needs: 'pull_requests:write', answer: editPull },
  { method: 'PUT', path: '/repos/:owner/:repo/pulls/:number/merge', needs: 'contents:write', answer: mergePull },
  { method: 'GET', path: '/repos/:owner/:repo/pulls/:number/files', needs: 'pull_requests:read', answer: listFiles },
  { method: 'GET', path: '/repos/:owner/:repo/commits/:sha/pulls', needs: 'contents:read', answer: pullsOfCommit },
  { method: 'POST', path: '/repos/:owner/:repo/issues/:number/comments', needs: null, answer: comment },
];

export function pullsOf(world: World, repository: string): Map<number, Pull> {
  const known = world.pulls.get(repository) ?? new Map<number, Pull>();
  world.pulls.set(repository, known);
  return known;
}

/** After a branch moved: pull requests from it get a new head, and an event each. */
export async function followPush(world: World, repository: string, branch: string, before: string, after: string, sender: string): Promise<void> {
  for (const pull of pullsOf(world, repository).values()) {
    if (pull.state !== 'open' || refOfHead(pull) !== branch) continue;
    pull.headSha = after;
    pull.baseSha = (await tipOf(world, repository, pull.baseBranch)) ?? pull.baseSha;
    await emitPull(world, repository, pull, 'synchronize', sender, { before, after });
  }
}

export async function emitPull(world: World, repository: string, pull: Pull, action: string, sender: string, more: Json = {}): Promise<void> {
  const shape = await pullShape(world, repository, pull);
  world.emit('pull_request', action, { action, number: pull.number, pull_request: shape, ...more, ...(await contextOf(world, repository, sender)) });
}

/** Members that every event of a repository has. */
export async function contextOf(world: World, repository: string, sender: string): Promise<Json> {
  const repo = await repositoryShape(world, repository);
  const owner = objectOf(repo['owner']);
  const url = `${world.url()}/orgs/${world.organization}`;
  const organization = { login: world.organization, id: owner['id'], node_id: owner['node_id'], url, repos_url: `${url}/repos`, events_url: `${url}/events`, hooks_url: `${url}/hooks`, issues_url: `${url}/issues`, members_url: `${url}/members{/member}`, public_members_url: `${url}/public_members{/member}`, avatar_url: owner['avatar_url'], description: '' };
  return { repository: repo, organization, sender: await userShape(world, sender), installation: { id: world.installationId, node_id: 'SU5TVEFMTEFUSU9O' } };
}

export function senderOf(world: World, call: Call): string {
  return call.identity.kind === 'user' ? call.identity.login : `${world.slug}[bot]`;
}

export async function upstreamToken(call: Call): Promise<string | undefined> {
  if (call.identity.kind === 'user') return tokenOf(call.identity.login);
  return call.identity.kind === 'installation' ? call.identity.token() : undefined;
}

export async function withPull(world: World, call: Call, use: (pull: Pull) => Promise<Answer>): Promise<Answer> {
  const pull = pullsOf(world, call.repository).get(Number(call.at['number']));
  return pull === undefined ? refuse(404, 'Not Found') : use(pull);
}

/** GitHub closes what is open from it. */
export async function deleteBranch(world: World, repository: string, branch: string, sender: string): Promise<void> {
  const tip = await tipOf(world, repository, branch);
  await world.upstream.must('DELETE', `/repos/${repository}/git/refs/heads/${branch}`);
  for (const pull of pullsOf(world, repository).values()) {
    if (pull.state !== 'open' || refOfHead(pull) !== branch) continue;
    Object.assign(pull, { state: 'closed', headSha: tip ?? pull.headSha, closed: { at: world.now().toISOString(), by: sender } });
    await emitPull(world, repository, pull, 'closed', sender);
  }
}

function invalid(message: string): Answer {
  return { status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'PullRequest', code: 'custom', message }], documentation_url: 'https://docs.github.com/rest', status: '422' } };
}

async function listPulls(world: World, call: Call): Promise<Answer> {
  const state = call.query.get('state') ?? 'open';
  const from = (pull: Pull): boolean => [null, `${pull.fork ?? world.organization}:${pull.headBranch}`].includes(call.query.get('head'));
  const found = [...pullsOf(world, call.repository).values()].filter((pull) => (state === 'all' || pull.state === state) && (call.query.get('base') ?? pull.baseBranch) === pull.baseBranch && from(pull));
  return { status: 200, body: await Promise.all(found.toReversed().map((pull) => pullShape(world, call.repository, pull))) };
}

/** `head` may be `login:branch`: then it is the fork of that person. */
async function openPull(world: World, call: Call): Promise<Answer> {
  const [first = '', second] = textOf(call.body['head']).split(':');
  const fork = second === undefined || first === world.organization ? null : first;
  const headBranch = second ?? first;
  const baseBranch = textOf(call.body['base']);
  const head = await tipOf(world, call.repository, refOfHead({ headBranch, fork }));
  const base = await tipOf(world, call.repository, baseBranch);
  if (head === null || base === null) return refuse(422, 'Validation Failed');
  const isThere = [...pullsOf(world, call.repository).values()].some((one) => one.state === 'open' && one.headBranch === headBranch && one.fork === fork && one.baseBranch === baseBranch);
  if (isThere) return invalid(`A pull request already exists for ${fork ?? world.organization}:${headBranch}.`);
  if (head === base) return invalid(`No commits between ${baseBranch} and ${headBranch}`);
  const body = { title: call.body['title'], body: call.body['body'] ?? null, head: refOfHead({ headBranch, fork }), base: baseBranch };
  const made = await world.upstream.call('POST', `/repos/${call.repository}/pulls`, body, await upstreamToken(call));
  if (made.status !== 201) return made;
  const sender = senderOf(world, call);
  const number = Number(objectOf(made.body)['number']);
  const pull: Pull = { number, headBranch, fork, author: sender, createdAt: world.now().toISOString(), baseBranch, title: textOf(call.body['title']), draft: call.body['draft'] === true, state: 'open', mergeCommit: null, mergedAt: null, brought: [], body: typeof call.body['body'] === 'string' ? call.body['body'] : '', closed: null, autoMergeBy: null, headSha: head, baseSha: base };
  pullsOf(world, call.repository).set(number, pull);
  await emitPull(world, call.repository, pull, 'opened', sender);
  return { status: 201, body: await pullShape(world, call.repository, pull) };
}

async function editPull(world: World, call: Call): Promise<Answer> {
  return withPull(world, call, async (pull) => {
    const changes: Json = {};
    if (typeof call.body['title'] === 'string' && call.body['title'] !== pull.title) {
      changes['title'] = { from: pull.title };
      pull.title = call.body['title'];
    }
    if (typeof call.body['body'] === 'string' && call.body['body'] !== pull.body) {
      changes['body'] = { from: pull.body };
      pull.body = call.body['body'];
    }
    if (typeof call.body['base'] === 'string' && call.body['base'] !== pull.baseBranch) {
      changes['base'] = { ref: { from: pull.baseBranch }, sha: { from: pull.baseSha } };
      pull.baseBranch = call.body['base'];
      pull.baseSha = (await tipOf(world, call.repository, pull.baseBranch)) ?? pull.baseSha;
    }
    const sender = senderOf(world, call);
    if (Object.keys(changes).length > 0) await emitPull(world, call.repository, pull, 'edited', sender, { changes });
    const state = call.body['state'];
    if ((state === 'open' || state === 'closed') && state !== pull.state) {
      const tip = await tipOf(world, call.repository, refOfHead(pull));
      if (state === 'open' && tip !== pull.headSha) return invalid(`state cannot be changed. The ${pull.headBranch} branch ${tip === null ? 'has been deleted' : 'was force-pushed or recreated'}.`);
      if (state === 'closed') pull.headSha = tip ?? pull.headSha;
      Object.assign(pull, { state, autoMergeBy: null, closed: state === 'closed' ? { at: world.now().toISOString(), by: sender } : null });
      await emitPull(world, call.repository, pull, state === 'closed' ? 'closed' : 'reopened', sender);
    }
    return { status: 200, body: await pullShape(world, call.repository, pull) };
  });
}

/** Refuses while a required check has not succeeded, unless an administrator merges all the same (`bypass`). */
async function mergePull(world: World, call: Call): Promise<Answer> {
  return withPull(world, call, async (pull) => {
    const { repository } = call;
    const base = await tipOf(world, repository, pull.baseBranch);
    const head = await tipOf(world, repository, refOfHead(pull));
    if (pull.state !== 'open' || base === null || head === null) return refuse(405, 'Pull Request is not mergeable');
    if (typeof call.body['sha'] === 'string' && call.body['sha'] !== head) return refuse(409, 'Head branch was modified. Review and try the merge again.');
    if (call.query.get('bypass') === null && !(await isGreen(world, repository, pull.baseBranch, head))) return refuse(405, 'Required status check is expected.');
    const sender = senderOf(world, call);
    const brought = await mergeCommits(world, { repository, message: `Merge pull request #${pull.number}`, author: sender }, { base, head, method: call.body['merge_method'] });
    const sha = brought.at(-1) ?? base;
    await moveBranch(world, repository, pull.baseBranch, sha, base);
    Object.assign(pull, { state: 'closed', mergeCommit: sha, brought, mergedAt: world.now().toISOString(), closed: { at: world.now().toISOString(), by: sender }, headSha: head, baseSha: base });
    await emitPush(world, repository, pull.baseBranch, base, sha, sender);
    await emitPull(world, repository, pull, 'closed', sender);
    return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
  });
}

/** What merging writes on the base, oldest first: one commit, or by rebase a copy of each. */
async function mergeCommits(world: World, change: { readonly repository: string; readonly message: string; readonly author: string }, { base, head, method }: { readonly base: string; readonly head: string; readonly method: unknown }): Promise<readonly string[]> {
  const { repository } = change;
  if (method !== 'rebase') return [await commitTree(world, change, await mergedTree(world, repository, base, head), method === 'squash' ? [base] : [base, head])];
  const reply = await world.upstream.must('GET', `/repos/${repository}/compare/${base}...${head}`);
  const copies: string[] = [];
  for (const commit of listOf(objectOf(reply.body)['commits'])) {
    const tree = await mergedTree(world, repository, base, textOf(commit['sha']));
    copies.push(await commitTree(world, { ...change, message: textOf(objectOf(commit['commit'])['message']) }, tree, [copies.at(-1) ?? base]));
  }
  return copies;
}

export async function emitPush(world: World, repository: string, branch: string, before: string | null, after: string, sender: string): Promise<void> {
  const zero = '0'.repeat(40);
  const context = await contextOf(world, repository, sender);
  const commit = { id: after, tree_id: after, distinct: true, message: 'pushed', timestamp: world.now().toISOString(), url: `${world.url()}/${repository}/commit/${after}`, author: { name: sender, email: null }, committer: { name: sender, email: null }, added: [], removed: [], modified: [] };
  const repo = { ...objectOf(context['repository']), master_branch: 'main', created_at: 1_767_225_600, pushed_at: 1_767_225_600, stargazers: 0, organization: world.organization };
  world.emit('push', null, { ref: `refs/heads/${branch}`, before: before ?? zero, after, created: before === null, deleted: false, forced: false, base_ref: null, compare: `${world.url()}/${repository}/compare/${before}...${after}`, commits: [commit], head_commit: commit, pusher: { name: sender, email: `${sender.replace('[bot]', '')}@users.example` }, ...context, repository: repo });
}

async function isGreen(world: World, repository: string, branch: string, head: string): Promise<boolean> {
  const required = world.required.get(`${repository}:${branch}`) ?? [];
  if (required.length === 0) return true;
  const reply = await world.upstream.must('GET', `/repos/${repository}/commits/${head}/check-runs?filter=all`);
  const runs = objectOf(reply.body)['check_runs'] as Json[];
  return required.every((one) => {
    const newest = runs.filter((run) => run['name'] === one.context && (one.appId === null || world.checkApps.get(Number(run['id'])) === one.appId)).toSorted((a, b) => Number(b['id']) - Number(a['id']))[0];
    return newest !== undefined && newest['status'] === 'completed' && ['success', 'neutral', 'skipped'].includes(String(newest['conclusion']));
  });
}

async function listFiles(world: World, call: Call): Promise<Answer> {
  return withPull(world, call, async (pull) => {
    const head = (await tipOf(world, call.repository, refOfHead(pull))) ?? pull.headSha;
    const reply = await world.upstream.must('GET', `/repos/${call.repository}/compare/${pull.baseSha}...${head}`);
    return { status: 200, body: objectOf(reply.body)['files'] };
  });
}

async function pullsOfCommit(world: World, call: Call): Promise<Answer> {
  const sha = call.at['sha'] ?? '';
  const found: Pull[] = [];
  for (const pull of pullsOf(world, call.repository).values()) {
    const head = pull.state === 'open' ? await tipOf(world, call.repository, refOfHead(pull)) : pull.headSha;
    if (pull.brought.includes(sha) || head === sha) found.push(pull);
  }
  return { status: 200, body: await Promise.all(found.map((pull) => pullShape(world, call.repository, pull))) };
}

/** A pull request as the issue that it is too. */
async function issueShape(world: World, repository: string, pull: Pull): Promise<Json> {
  const shape = await pullShape(world, repository, pull);
  const copied = ['id', 'node_id', 'number', 'title', 'user', 'labels', 'state', 'locked', 'assignee', 'assignees', 'milestone', 'created_at', 'updated_at', 'closed_at', 'body', 'author_association', 'comments_url', 'html_url', 'draft'];
  const url = `${world.url()}/repos/${repository}/issues/${pull.number}`;
  const reactions = { url: `${url}/reactions`, total_count: 0, '+1': 0, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return {
    ...Object.fromEntries(copied.map((name) => [name, shape[name]])),
    url,
    repository_url: `${world.url()}/repos/${repository}`,
    labels_url: `${url}/labels{/name}`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    comments: 1,
    active_lock_reason: null,
    performed_via_github_app: null,
    reactions,
    pull_request: { url: shape['url'], html_url: shape['html_url'], diff_url: shape['diff_url'], patch_url: shape['patch_url'], merged_at: pull.mergedAt },
  };
}

async function comment(world: World, call: Call): Promise<Answer> {
  if (!mayComment(world, call, 'write')) return refuse(403, 'Resource not accessible by integration');
  const text = call.body['body'];
  if (typeof text === 'string' && text.length > 65_536) return refuse(422, 'Validation Failed');
  const path = `/repos/${call.repository}/issues/${call.at['number']}`;
  const made = await world.upstream.call('POST', `${path}/comments`, call.body, await upstreamToken(call));
  if (made.status !== 201) return made;
  const body = completeComment(world, objectOf(made.body));
  const sender = senderOf(world, call);
  const pull = pullsOf(world, call.repository).get(Number(call.at['number']));
  if (pull !== undefined) {
    const issue = await issueShape(world, call.repository, pull);
    world.emit('issue_comment', 'created', { action: 'created', issue, comment: body, ...(await contextOf(world, call.repository, sender)) });
  }
  return { status: 201, body: sender === `${world.slug}[bot]` ? { ...body, performed_via_github_app: appShape(world) } : body };
}
