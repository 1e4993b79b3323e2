import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../config.ts';
import { Failure } from '../../domain/failure.ts';
import type { Account, RepositoryRef } from '../../domain/repository.ts';
import type { GitHubRepository } from '../../flows/ports/github-repository.ts';
import type { ObjectCache } from '../../flows/ports/object-cache.ts';
import { listAt, numberAt, optionalTextAt, textAt, valueAt } from '../../github/answer.ts';
import { readAppKey } from '../../github/app-token.ts';
import { Connection } from '../../github/connection.ts';
import { openRepository } from '../../github/github-repository.ts';
import { graphqlUrlOf } from '../../github/graphql.ts';
import { refOf } from '../../github/installed-repositories.ts';
import { KeptAnswers } from '../../github/kept-answers.ts';
import { openWire } from '../../github/octokit.ts';
import { defaultPace } from '../../github/pace.ts';
import { RepositoryCalls } from '../../github/repository-calls.ts';
import { appScope, membersScope } from '../../github/scope.ts';
import type { Scope } from '../../github/scope.ts';
import type { Terminal } from '../terminal.ts';

export interface AppOnGitHub {
  readonly slug: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** GitHub's clock minus ours. */
  readonly skewMs: number;
}

export interface DetachableTarget {
  readonly account: Account;
  /** Null: the organisation's own configuration. */
  readonly repository: RepositoryRef | null;
}

export interface BranchProtection {
  /** By type of rule: whether our App may pass it by in all rulesets that have it. A type that none has is left out. */
  readonly bypasses: ReadonlyMap<string, 'never' | 'unknown' | 'may'>;
}

export type BranchChecks = Pick<GitHubRepository, 'defaultBranch' | 'requiredCheck'>;

/** What an operator's command asks GitHub, as the App of the server's settings. */
export interface GitHubInspector {
  app(): Promise<AppOnGitHub>;
  /** Where GitHub sends webhooks. */
  webhookUrl(): Promise<string>;
  repository(owner: string, name: string): Promise<RepositoryRef>;
  checks(repository: RepositoryRef): BranchChecks;
  /** What rulesets forbid on a branch: force pushes (`non_fast_forward`) and `deletion`. */
  protection(repository: RepositoryRef, branch: string): Promise<BranchProtection>;
  target(name: string): Promise<DetachableTarget>;
  /** Why this person may not decide about the target; null when they may. What can not be read is a refusal. */
  refusalOf(target: DetachableTarget, login: string): Promise<string | null>;
}

export function inspectGitHub(terminal: Terminal): GitHubInspector {
  const config = readConfig(terminal.environment);
  const clock = { now: () => terminal.now() };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const connection = new Connection({ wire: openWire({ apiUrl: config.apiUrl }), graphqlUrl: graphqlUrlOf(config.apiUrl), appId: config.appId, key: { current: async () => (await config.privateKey.open(), readAppKey(config.privateKey.reveal() ?? '')), renew: async () => false }, clock, log, pace: defaultPace, pause: async (ms) => await pause(ms), elapsed: () => performance.now(), timeout: 20_000, random: Math.random });
  return {
    app: async () => await readApp(connection, terminal),
    webhookUrl: async () => textAt((await connection.read(appScope, '/app/hook/config')).body, ['url']),
    repository: async (owner, name) => await readRepository(connection, owner, name),
    checks: (repository) => openRepository({ calls: new RepositoryCalls(connection, repository), cache: noCache, kept: new KeptAnswers(noCache), appId: config.appId }),
    protection: async (repository, branch) => await readProtection(connection, repository, branch),
    target: async (name) => await readTarget(connection, name),
    refusalOf: async (target, login) => await readRefusal(connection, target, login),
  };
}

const noCache: ObjectCache = { blobs: async () => new Map(), keepBlobs: async () => {}, find: async () => null, keep: async () => {} };

async function readApp(connection: Connection, terminal: Terminal): Promise<AppOnGitHub> {
  const { body, headers } = await connection.read(appScope, '/app');
  const permissions = valueAt(body, ['permissions']);
  const date = Date.parse(String(headers['date'] ?? ''));
  return {
    slug: textAt(body, ['slug']),
    permissions: Object.fromEntries(typeof permissions === 'object' && permissions !== null ? Object.entries(permissions).map(([name, level]) => [name, String(level)]) : []),
    events: listAt(body, ['events']).map((event) => String(event)),
    skewMs: Number.isNaN(date) ? 0 : date - terminal.now().getTime(),
  };
}

async function readRepository(connection: Connection, owner: string, repo: string): Promise<RepositoryRef> {
  const installationId = numberAt((await connection.read(appScope, '/repos/{owner}/{repo}/installation', { owner, repo })).body, ['id']);
  const scope: Scope = { kind: 'installation', installationId, repositories: { names: [repo] }, permissions: { metadata: 'read' } };
  return refOf((await connection.read(scope, '/repos/{owner}/{repo}', { owner, repo })).body, installationId);
}

async function readProtection(connection: Connection, { installationId, owner, name: repo }: RepositoryRef, branch: string): Promise<BranchProtection> {
  const scope: Scope = { kind: 'installation', installationId, repositories: { names: [repo] }, permissions: { metadata: 'read' } };
  const rules = listAt((await connection.read(scope, '/repos/{owner}/{repo}/rules/branches/{branch}', { owner, repo, branch, per_page: 100 })).body, []);
  const bypasses = new Map<string, 'never' | 'unknown' | 'may'>();
  for (const rule of rules) {
    const type = textAt(rule, ['type']);
    if (!['non_fast_forward', 'deletion'].includes(type) || bypasses.get(type) === 'never') continue;
    const { body } = await connection.read(scope, '/repos/{owner}/{repo}/rulesets/{ruleset_id}', { owner, repo, ruleset_id: numberAt(rule, ['ruleset_id']) });
    const may = optionalTextAt(body, ['current_user_can_bypass']);
    bypasses.set(type, may === 'never' ? 'never' : may === null || bypasses.get(type) === 'unknown' ? 'unknown' : 'may');
  }
  return { bypasses };
}

async function readTarget(connection: Connection, name: string): Promise<DetachableTarget> {
  const [owner = '', repo] = name.split('/');
  if (repo !== undefined) {
    const repository = await readRepository(connection, owner, repo);
    return { account: repository.account, repository };
  }
  const { body } = await connection.read(appScope, '/users/{username}/installation', { username: owner });
  const kind = textAt(body, ['account', 'type']) === 'Organization' ? 'organization' : 'user';
  return { account: { id: numberAt(body, ['account', 'id']), login: textAt(body, ['account', 'login']), kind }, repository: null };
}

async function readRefusal(connection: Connection, target: DetachableTarget, login: string): Promise<string | null> {
  try {
    return target.repository === null ? await ownerRefusal(connection, target.account, login) : await adminRefusal(connection, target.repository, login);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `the role of ${login} could not be read (${error.message}).`;
  }
}

async function adminRefusal(connection: Connection, { installationId, owner, name }: RepositoryRef, login: string): Promise<string | null> {
  const scope: Scope = { kind: 'installation', installationId, repositories: { names: [name] }, permissions: { metadata: 'read' } };
  const { body } = await connection.read(scope, '/repos/{owner}/{repo}/collaborators/{username}/permission', { owner, repo: name, username: login });
  const permission = textAt(body, ['permission']);
  return permission === 'admin' ? null : `${login} has the role ${JSON.stringify(permission)} there, expected an administrator.`;
}

/** For a user account the owner is that user. For an organisation the App needs to read its members. */
async function ownerRefusal(connection: Connection, account: Account, login: string): Promise<string | null> {
  if (account.kind === 'user') return account.login.toLowerCase() === login.toLowerCase() ? null : `${login} is not ${account.login}, expected the owner of the account.`;
  const installationId = numberAt((await connection.read(appScope, '/orgs/{org}/installation', { org: account.login })).body, ['id']);
  const { body } = await connection.read(membersScope(installationId), '/orgs/{org}/memberships/{username}', { org: account.login, username: login });
  const isOwner = textAt(body, ['state']) === 'active' && textAt(body, ['role']) === 'admin';
  return isOwner ? null : `${login} is no owner of ${account.login}.`;
}
