import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Account, RepositoryRef } from '../../src/domain/repository.ts';
import { accountRoutes, renameAccount } from './accounts.ts';
import { actionsRoutes, leaveArtifact, runWorkflow } from './actions-routes.ts';
import type { ArtifactToLeave, RunToMake } from './actions-routes.ts';
import { appRoutes } from './app-routes.ts';
import { checkRoutes, clickAction } from './check-routes.ts';
import { commitFiles, commitTree, mergedTree, moveBranch, tipOf, treeOf } from './git-objects.ts';
import type { FileChange } from './git-objects.ts';
import { seededDraw } from './hostile.ts';
import type { Fault, Hostility } from './hostile.ts';
import { Identities } from './identity.ts';
import { listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { payloadViolations, violationsOf } from './openapi.ts';
import { issueRoutes } from './issue-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { peopleRoutes } from './people.ts';
import { userShape } from './shapes.ts';
import { startProxy } from './proxy.ts';
import type { Exchange } from './proxy.ts';
import { RequestCounter } from './request-counter.ts';
import type { RequestCounts } from './request-counter.ts';
import { tellMembership } from './tell-membership.ts';
import type { ToldMembership } from './tell-membership.ts';
import { contextOf, deleteBranch, emitPush, followPush, pullRoutes, pullsOf } from './pull-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { startUpstream, tokenOf } from './upstream.ts';
import { WebhookQueue } from './webhook-queue.ts';
import type { Attempt } from './webhook-queue.ts';
import { refOfHead } from './world.ts';
import type { RequiredCheck, Role, World } from './world.ts';

export interface GitHubServerOptions {
  /** Where webhooks go; none are sent while this is null. */
  readonly webhookUrl?: string | null;
  readonly webhookSecret?: string;
  readonly organization?: string;
  readonly appId?: number;
  readonly slug?: string;
  /** People and what they may do everywhere, unless a repository says otherwise. */
  readonly users?: Readonly<Record<string, Role>>;
  /** What the installation was granted. */
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
  readonly now?: () => Date;
}

export interface Person {
  /** Login of who does it; the first user when left out. */
  readonly as?: string;
}

export interface OpenedPull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
}

/** A GitHub of one's own: stateful, with webhooks, and able to be nasty. */
export interface GitHubServer {
  readonly url: string;
  readonly appId: number;
  readonly slug: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly installationId: number;
  readonly account: Account;
  stop(): Promise<void>;

  createRepository(name: string, options?: { readonly private?: boolean; readonly files?: Readonly<Record<string, FileChange>> }): Promise<RepositoryRef>;
  addUser(login: string, role: Role, repository?: RepositoryRef): void;
  /** A team with exactly these members, perhaps below another one; null: it is deleted. */
  team(slug: string, members: readonly string[] | null, parent?: string): void;
  /** Tells that somebody came into a team or left it, which `team` alone does not. */
  tellMembership(repository: RepositoryRef, told: ToldMembership): Promise<void>;
  own(login: string): void;
  /** Somebody has another login from now on, and their former one is free; null: their account is gone. */
  rename(login: string, to: string | null): void;
  idOf(login: string): Promise<number>;
  /** Whether GraphQL shows the collaborators of repositories. */
  showCollaborators(shows: boolean): void;
  /** Commits on a branch (made from the default branch when new) and follows up as a push does. `fork`: in that person's fork; `author`: whom the commit names, whoever pushes it. */
  commitFiles(repository: RepositoryRef, branch: string, files: Readonly<Record<string, FileChange>>, message?: string, options?: Person & { readonly fork?: string; readonly author?: string }): Promise<string>;
  /** Moves a branch to a commit, by force if need be; makes it when it is new. */
  pushTo(repository: RepositoryRef, branch: string, sha: string, options?: Person & { readonly fork?: string }): Promise<void>;
  branchTip(repository: RepositoryRef, branch: string): Promise<string | null>;
  openPullRequest(repository: RepositoryRef, options: Person & { readonly branch: string; readonly base?: string; readonly title?: string; readonly body?: string; readonly draft?: boolean; readonly fork?: string }): Promise<OpenedPull>;
  editPullRequest(repository: RepositoryRef, number: number, change: { readonly title?: string; readonly body?: string; readonly base?: string; readonly state?: 'open' | 'closed' }, options?: Person): Promise<void>;
  /** Merges as the button does. `bypass`: as an administrator, whatever the checks say. */
  mergePullRequest(repository: RepositoryRef, number: number, options?: Person & { readonly bypass?: boolean; readonly method?: 'merge' | 'squash' | 'rebase' }): Promise<string>;
  /** Puts pull requests into the merge queue: one group commit and its event. */
  queueMerge(repository: RepositoryRef, numbers: readonly number[], base?: string, method?: 'merge' | 'squash'): Promise<{ readonly head: string; readonly base: string; readonly headRef: string }>;
  /** A review of the head, or of an older commit. */
  review(repository: RepositoryRef, number: number, event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT', options?: Person & { readonly commit?: string }): Promise<number>;
  dismissReview(repository: RepositoryRef, number: number, review: number): Promise<void>;
  comment(repository: RepositoryRef, number: number, body: string, options?: Person): Promise<number>;
  requireCheck(repository: RepositoryRef, branch: string, check: { readonly name: string; readonly appId?: number | null; readonly by?: RequiredCheck['by'] }): void;
  /** A check run of another App, for instance a forged one. */
  foreignCheck(repository: RepositoryRef, sha: string, check: Json): Promise<number>;
  /** Its App says how a check run ended. */
  endForeignCheck(repository: RepositoryRef, checkRun: number, conclusion: string): Promise<void>;
  rerequest(repository: RepositoryRef, checkRun: number, options?: Person): Promise<void>;
  /** Clicks a button of a check run, which must have it. */
  clickAction(repository: RepositoryRef, checkRun: number, identifier: string, options?: Person): Promise<void>;
  /** Buttons of a check run. */
  actions(checkRun: number): readonly Json[];
  /** Changes settings of a repository, by their names at GitHub. */
  configure(repository: RepositoryRef, settings: Json): void;
  /** Puts a rule in force on a branch, as GitHub describes it. */
  addRule(repository: RepositoryRef, branch: string, type: string, parameters?: Json): void;
  addRuleset(repository: RepositoryRef, ruleset: { readonly name: string; readonly enforcement: string; readonly target?: string }): void;
  /** A run of a workflow that came to its end. @returns Its id. */
  runWorkflow(repository: RepositoryRef, run: RunToMake): number;
  /** @returns Its id. */
  leaveArtifact(repository: RepositoryRef, artifact: ArtifactToLeave): number;
  /** From now on nobody can push to the branch. */
  protectBranch(repository: RepositoryRef, branch: string): void;
  /** As an older server, without the mutation that compares and swaps refs. */
  forgetUpdateRefs(): void;
  /** All issues that are no pull requests, the oldest first. */
  issues(repository: RepositoryRef): Promise<readonly Json[]>;
  editIssue(repository: RepositoryRef, number: number, change: { readonly body?: string; readonly state?: 'open' | 'closed' }, options?: Person): Promise<void>;
  deleteIssue(repository: RepositoryRef, number: number): void;
  deleteBranch(repository: RepositoryRef, branch: string, options?: Person): Promise<void>;
  /** Sends any event, completed with repository, organization, sender and installation. */
  emit(event: string, action: string | null, payload: Json, repository: RepositoryRef, options?: Person): Promise<void>;

  checkRuns(repository: RepositoryRef, sha: string): Promise<readonly Json[]>;
  annotations(checkRun: number): readonly Json[];
  comments(repository: RepositoryRef, number: number): Promise<readonly Json[]>;

  deliverTo(url: string | null): void;
  deliveries(): readonly Attempt[];
  /** Resolves when every event so far was delivered once, well or badly. */
  settled(): Promise<void>;

  hostile(hostility: Hostility | null): void;
  failNext(wanted: RegExp, fault: Fault): void;
  limitTo(remaining: number | null): void;
  /** As if somebody revoked all installation tokens. */
  revokeTokens(): void;

  /** What the App asked, in order. */
  requests(): readonly Exchange[];
  counts(): RequestCounts;
  resetCounts(): void;
  /** Differences between what was asked and answered and GitHub's description. */
  violations(): Promise<readonly string[]>;
  deliveryViolations(): Promise<readonly string[]>;
}

const defaultUsers: Readonly<Record<string, Role>> = { alice: 'admin', dev: 'write', agent: 'write', reader: 'read', stranger: 'none' };
/** As app.yml asks for: a token with more is refused. */
const defaultPermissions = { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write', members: 'read', merge_queues: 'read', issues: 'write', actions: 'read' } as const;

/** Starts in well under half a second, on free ports of 127.0.0.1. */
export async function startGitHub(options: GitHubServerOptions = {}): Promise<GitHubServer> {
  const { organization = 'acme', appId = 4711, slug = 'plumbline-test', webhookSecret = 'a-webhook-secret-of-32-bytes-or-more' } = options;
  const users = options.users ?? defaultUsers;
  const permissions = options.permissions ?? defaultPermissions;
  const now = options.now ?? (() => new Date());
  const installationId = 815;
  const queue = new WebhookQueue({ url: options.webhookUrl ?? null, secret: webhookSecret, now });
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  let address = '';
  let opened: { readonly world: World; readonly identities: Identities } | null = null;
  const proxy = await startProxy(async (url) => {
    address = url;
    const logins = Object.keys(users);
    const upstream = await startUpstream({ appId, slug, privateKey, installationId, organization, logins, permissions, publicUrl: () => address });
    const world: World = {
      upstream, organization, appId, slug, installationId, permissions, url: () => address, now,
      roles: new Map(Object.entries(users)), emulated: new Map(), repositories: new Map(), pulls: new Map(), required: new Map(), annotations: new Map(), checkApps: new Map(), actions: new Map(), protectedBranches: new Set(), hasUpdateRefs: true, showsCollaborators: true, deletedIssues: new Set(), reactions: new Map(), teams: new Map(), owners: new Set(), reviews: new Map(), queues: new Map(), settings: new Map(), rules: new Map(), rulesets: new Map(), runs: new Map(), artifacts: new Map(),
      emit: (event, action, payload) => queue.push(event, action, payload),
    };
    const identities = new Identities({ upstream, privateKey, appId, installationId, logins });
    opened = { world, identities };
    return { world, identities, routes: [...appRoutes(queue), ...objectRoutes, ...pullRoutes, ...issueRoutes, ...peopleRoutes, ...accountRoutes, ...checkRoutes, ...actionsRoutes, ...repositoryRoutes] };
  });
  if (opened === null) throw new Error('the proxy did not open its world');
  return serverOf({ ...(opened as { readonly world: World; readonly identities: Identities }), proxy, queue, privateKey, webhookSecret, first: Object.keys(users)[0] ?? 'root' });
}

interface Parts {
  readonly world: World;
  readonly identities: Identities;
  readonly proxy: Awaited<ReturnType<typeof startProxy>>;
  readonly queue: WebhookQueue;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly first: string;
}

async function serverOf(parts: Parts): Promise<GitHubServer> {
  const { world, proxy, queue, first } = parts;
  const counter = new RequestCounter(proxy.exchanges);
  const organization = objectOf((await world.upstream.must('GET', `/orgs/${world.organization}`)).body);
  const account: Account = { id: Number(organization['id']), login: world.organization, kind: 'organization' };
  const as = async (login: string, method: string, path: string, body?: Json): Promise<unknown> => {
    const answer = await proxy.serve({ method, path, authorization: `token ${tokenOf(login)}`, ...(body === undefined ? {} : { body }) });
    if (answer.status < 300) return answer.body;
    throw new Error(`GitHub answered ${login}'s ${method} ${path} with ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
  return {
    url: proxy.url, appId: world.appId, slug: world.slug, privateKey: parts.privateKey, webhookSecret: parts.webhookSecret, installationId: world.installationId, account,
    stop: async () => {
      await queue.stop();
      await proxy.stop();
      await world.upstream.stop();
    },
    createRepository: (name, options) => createRepository(world, account, name, options ?? {}),
    addUser: (login, role, repository) => {
      world.roles.set(repository === undefined ? login : `${nameOf(repository)}:${login}`, role);
      parts.identities.addUser(login);
    },
    team: (slug, members, parent) => void (members === null ? world.teams.delete(slug) : world.teams.set(slug, { members, parent: parent ?? null })),
    tellMembership: (repository, told) => tellMembership(world, nameOf(repository), told, first),
    own: (login) => void world.owners.add(login),
    rename: (login, to) => {
      renameAccount(world, login, to);
      if (to !== null) parts.identities.addUser(to);
    },
    idOf: async (login) => Number((await userShape(world, login))['id']),
    showCollaborators: (shows) => void (world.showsCollaborators = shows),
    commitFiles: (repository, branch, files, message, options) => {
      const sender = options?.as ?? options?.fork ?? first;
      return commitAndFollow(world, repository, { branch, files, message: message ?? `Change ${branch}`, sender, author: options?.author ?? sender, fork: options?.fork ?? null });
    },
    pushTo: (repository, branch, sha, options) => pushAndFollow(world, nameOf(repository), refOfHead({ headBranch: branch, fork: options?.fork ?? null }), sha, options?.as ?? first),
    branchTip: (repository, branch) => tipOf(world, nameOf(repository), branch),
    openPullRequest: async (repository, options) => {
      const head = options.fork === undefined ? options.branch : `${options.fork}:${options.branch}`;
      const body = { title: options.title ?? `Merge ${options.branch}`, body: options.body ?? null, head, base: options.base ?? 'main', draft: options.draft ?? false };
      const made = objectOf(await as(options.as ?? options.fork ?? first, 'POST', `/repos/${nameOf(repository)}/pulls`, body));
      return { number: Number(made['number']), head: textOf(objectOf(made['head'])['sha']), base: textOf(objectOf(made['base'])['sha']) };
    },
    editPullRequest: async (repository, number, change, options) => void (await as(options?.as ?? first, 'PATCH', `/repos/${nameOf(repository)}/pulls/${number}`, { ...change })),
    mergePullRequest: async (repository, number, options) => {
      const path = `/repos/${nameOf(repository)}/pulls/${number}/merge${options?.bypass === true ? '?bypass=1' : ''}`;
      return textOf(objectOf(await as(options?.as ?? first, 'PUT', path, { merge_method: options?.method ?? 'merge' }))['sha']);
    },
    queueMerge: (repository, numbers, base, method) => queueMerge(world, nameOf(repository), numbers, { baseBranch: base ?? 'main', sender: first, method: method ?? 'merge' }),
    review: async (repository, number, event, options) => Number(objectOf(await as(options?.as ?? first, 'POST', `/repos/${nameOf(repository)}/pulls/${number}/reviews`, { event, ...(options?.commit === undefined ? {} : { commit_id: options.commit }) }))['id']),
    dismissReview: async (repository, number, review) => void (await as(first, 'PUT', `/repos/${nameOf(repository)}/pulls/${number}/reviews/${review}/dismissals`, { message: 'Not any more.' })),
    comment: async (repository, number, body, options) => Number(objectOf(await as(options?.as ?? first, 'POST', `/repos/${nameOf(repository)}/issues/${number}/comments`, { body }))['id']),
    requireCheck: (repository, branch, check) => {
      const key = `${nameOf(repository)}:${branch}`;
      world.required.set(key, [...(world.required.get(key) ?? []), { context: check.name, appId: check.appId ?? null, by: check.by ?? 'ruleset' }]);
    },
    foreignCheck: async (repository, sha, check) => Number(objectOf(await as(first, 'POST', `/repos/${nameOf(repository)}/check-runs`, { head_sha: sha, ...check }))['id']),
    endForeignCheck: async (repository, checkRun, conclusion) => void (await as(first, 'PATCH', `/repos/${nameOf(repository)}/check-runs/${checkRun}`, { status: 'completed', conclusion })),
    rerequest: async (repository, checkRun, options) => void (await as(options?.as ?? first, 'POST', `/repos/${nameOf(repository)}/check-runs/${checkRun}/rerequest`, {})),
    clickAction: (repository, checkRun, identifier, options) => clickAction(world, nameOf(repository), checkRun, identifier, options?.as ?? first),
    actions: (checkRun) => world.actions.get(checkRun) ?? [],
    configure: (repository, settings) => void world.settings.set(nameOf(repository), { ...world.settings.get(nameOf(repository)), ...settings }),
    addRule: (repository, branch, type, parameters) => {
      const key = `${nameOf(repository)}:${branch}`;
      const rules = world.rules.get(key) ?? [];
      world.rules.set(key, [...rules, { type, ...(parameters === undefined ? {} : { parameters }), ruleset_source_type: 'Repository', ruleset_source: nameOf(repository), ruleset_id: 100 + rules.length }]);
    },
    addRuleset: (repository, ruleset) => {
      const rulesets = world.rulesets.get(nameOf(repository)) ?? [];
      world.rulesets.set(nameOf(repository), [...rulesets, { id: 100 + rulesets.length, source_type: 'Repository', source: nameOf(repository), target: 'branch', ...ruleset }]);
    },
    runWorkflow: (repository, run) => runWorkflow(world, nameOf(repository), run),
    leaveArtifact: (repository, artifact) => leaveArtifact(world, nameOf(repository), artifact),
    protectBranch: (repository, branch) => void world.protectedBranches.add(`${nameOf(repository)}:${branch}`),
    forgetUpdateRefs: () => void (world.hasUpdateRefs = false),
    issues: async (repository) => listOf(await as(first, 'GET', `/repos/${nameOf(repository)}/issues?state=all&sort=created&direction=asc&per_page=100`)),
    editIssue: async (repository, number, change, options) => void (await as(options?.as ?? first, 'PATCH', `/repos/${nameOf(repository)}/issues/${number}`, { ...change })),
    deleteIssue: (repository, number) => void world.deletedIssues.add(`${nameOf(repository)}#${number}`),
    deleteBranch: (repository, branch, options) => deleteBranch(world, nameOf(repository), branch, options?.as ?? first),
    emit: async (event, action, payload, repository, options) => world.emit(event, action, { ...(action === null ? {} : { action }), ...(await contextOf(world, nameOf(repository), options?.as ?? first)), ...payload }),
    checkRuns: async (repository, sha) => listOf(objectOf(await as(first, 'GET', `/repos/${nameOf(repository)}/commits/${sha}/check-runs?filter=all&per_page=100`))['check_runs']),
    annotations: (checkRun) => world.annotations.get(checkRun) ?? [],
    comments: async (repository, number) => listOf(await as(first, 'GET', `/repos/${nameOf(repository)}/issues/${number}/comments?per_page=100`)),
    deliverTo: (url) => queue.deliverTo(url),
    deliveries: () => queue.attempts,
    settled: () => queue.settled(),
    hostile: (hostility) => {
      const draw = hostility === null ? () => 1 : seededDraw(hostility.seed);
      proxy.beHostile(hostility, draw);
      queue.beHostile(hostility, draw);
    },
    failNext: (wanted, fault) => proxy.failNext(wanted, fault),
    limitTo: (remaining) => proxy.limitTo(remaining),
    revokeTokens: () => parts.identities.revokeTokens(),
    requests: () => proxy.exchanges.filter((one) => one.by !== 'user'),
    counts: () => counter.count(),
    resetCounts: () => counter.reset(),
    violations: async () => [...proxy.breakdowns, ...(await violationsOf(proxy.exchanges))],
    deliveryViolations: async () => (await Promise.all(queue.attempts.map((one) => payloadViolations(one.event, one.action, one.payload)))).flat(),
  };
}

function nameOf(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`;
}

async function createRepository(world: World, account: Account, name: string, options: { readonly private?: boolean; readonly files?: Readonly<Record<string, FileChange>> }): Promise<RepositoryRef> {
  const made = objectOf((await world.upstream.must('POST', `/orgs/${world.organization}/repos`, { name, private: options.private ?? true, auto_init: true })).body);
  const full = textOf(made['full_name']);
  world.repositories.set(full, { id: Number(made['id']), private: made['private'] === true });
  if (options.files !== undefined) await commitFiles(world, { repository: full, branch: 'main', from: 'main', files: options.files, message: 'Add files', author: 'root' });
  return { account, installationId: world.installationId, id: Number(made['id']), owner: world.organization, name };
}

async function commitAndFollow(world: World, repository: RepositoryRef, change: { readonly branch: string; readonly files: Readonly<Record<string, FileChange>>; readonly message: string; readonly sender: string; readonly author: string; readonly fork: string | null }): Promise<string> {
  const full = nameOf(repository);
  const branch = refOfHead({ headBranch: change.branch, fork: change.fork });
  const { sha, before } = await commitFiles(world, { repository: full, branch, from: 'main', files: change.files, message: change.message, author: change.author });
  // A push to a fork is an event of the fork, where nobody installed us; its pull requests still follow.
  if (change.fork === null) await emitPush(world, full, branch, before, sha, change.sender);
  if (before !== null) await followPush(world, full, branch, before, sha, change.sender);
  return sha;
}

async function pushAndFollow(world: World, repository: string, branch: string, sha: string, sender: string): Promise<void> {
  const before = await tipOf(world, repository, branch);
  await moveBranch(world, repository, branch, sha, before);
  if (!branch.startsWith('fork/')) await emitPush(world, repository, branch, before, sha, sender);
  if (before !== null && before !== sha) await followPush(world, repository, branch, before, sha, sender);
}

async function queueMerge(world: World, repository: string, numbers: readonly number[], { baseBranch, sender, method }: { readonly baseBranch: string; readonly sender: string; readonly method: 'merge' | 'squash' }): Promise<{ readonly head: string; readonly base: string; readonly headRef: string }> {
  const base = await tipOf(world, repository, baseBranch);
  if (base === null) throw new Error(`Cannot queue a merge: no branch ${baseBranch}`);
  let head = base;
  const entries: { readonly number: number; readonly base: string; readonly head: string }[] = [];
  for (const number of numbers) {
    const pull = pullsOf(world, repository).get(number);
    const tip = pull === undefined ? null : await tipOf(world, repository, refOfHead(pull));
    if (tip === null) throw new Error(`Cannot queue #${number}: no such open pull request`);
    const before = head;
    head = await commitTree(world, { repository, message: `Merge pull request #${number} into ${baseBranch}`, author: sender }, await mergedTree(world, repository, head, tip), method === 'squash' ? [head] : [head, tip]);
    entries.push({ number, base: before, head });
  }
  world.queues.set(`${repository}:${baseBranch}`, entries);
  const headRef = `gh-readonly-queue/${baseBranch}/pr-${numbers.at(-1)}-${base}`;
  await moveBranch(world, repository, headRef, head, await tipOf(world, repository, headRef));
  const tree = await treeOf(world, repository, head);
  const commit = { id: head, tree_id: tree?.sha ?? head, message: 'Merge', timestamp: world.now().toISOString(), author: { name: sender, email: `${sender}@users.example` }, committer: { name: sender, email: `${sender}@users.example` } };
  const group = { head_sha: head, head_ref: `refs/heads/${headRef}`, base_sha: base, base_ref: `refs/heads/${baseBranch}`, head_commit: commit };
  world.emit('merge_group', 'checks_requested', { action: 'checks_requested', merge_group: group, ...(await contextOf(world, repository, sender)) });
  return { head, base, headRef };
}
