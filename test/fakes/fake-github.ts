import type { CheckRunAnswer } from '../../src/domain/agent-evidence/check-run-answer.ts';
import { createHash } from 'node:crypto';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { IssueComment } from '../../src/domain/issue-comment.ts';
import { commitMessage } from '../../src/domain/effect.ts';
import type { CheckState } from '../../src/domain/effect.ts';
import type { ApprovingReview } from '../../src/domain/people/approving-review.ts';
import type { CommitPeople } from '../../src/domain/people/commit-people.ts';
import type { Permission } from '../../src/domain/people/permission.ts';
import type { QueuedPullRequest } from '../../src/domain/people/queued-pull-request.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { Sha, Tree, TreeEntry } from '../../src/domain/tree.ts';
import { fakeRemediation } from './fake-remediation.ts';
import type { CommitAnswer, GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import type { GitHubApp, OrganizationConfiguration } from '../../src/flows/ports/github-app.ts';
import type { NamedObject } from '../../src/flows/ports/object-source.ts';
import type { PullRequestFacts } from '../../src/flows/ports/pull-request-facts.ts';
import { blobOf, bytesOf } from '../builders/content.ts';
import type { Content } from '../builders/content.ts';

interface Commit {
  readonly sha: Sha;
  readonly parents: readonly Sha[];
  readonly files: ReadonlyMap<string, Content>;
}

type CommitEffect = Parameters<GitHubRepository['commit']>[0];

/** Numbers of pull requests that the App opens. */
const firstOwnNumber = 900;

export interface FakeCheck {
  readonly id: number;
  readonly name: string;
  readonly head: Sha;
  readonly key: string;
  state: CheckState;
  annotations: number;
}

/** One GitHub repository in memory: commits made by a test, pull requests, and what the App wrote. */
export class FakeGitHub {
  readonly ref: RepositoryRef;
  readonly checks: FakeCheck[] = [];
  readonly comments: { readonly id: number; readonly pullRequest: number; body: string }[] = [];
  /** What people wrote, by id; reactions of our App beside them. */
  readonly written = new Map<number, IssueComment>();
  readonly reactions: string[] = [];
  readonly pulls = new Map<number, PullRequestFacts>();
  /** Texts of pull requests, by number. */
  readonly bodies = new Map<number, string>();
  readonly branches = new Map<string, Sha>();
  defaultBranch = 'main';
  /** Branch of each pull request's head. */
  readonly heads = new Map<number, string>();
  /** What the App committed for somebody. */
  readonly made: { readonly sha: Sha; readonly branch: string; readonly parent: Sha; readonly message: string }[] = [];
  /** What GitHub answers to a commit instead of making it. */
  noCommit: CommitAnswer | null = null;
  /** Pull requests that the App opened, with what it wrote in them. */
  readonly opened: { readonly number: number; readonly branch: string; readonly base: string; readonly title: string; readonly text: string }[] = [];
  /** Numbers of those that merge by themselves. */
  readonly armed: number[] = [];
  /** Who closed a pull request; nobody here: a person. */
  readonly closedBy = new Map<number, 'us' | 'unknown'>();
  readonly writers = new Set<string>();
  readonly admins = new Set<string>();
  /** Whether permissions are told one by one alone. */
  hidesCollaborators = false;
  readonly owners = new Set<string>();
  /** What accounts that were renamed are called now, by id; null: the account is gone. */
  readonly renamed = new Map<number, string | null>();
  /** Logins that nobody has. */
  readonly free = new Set<string>();
  readonly teams = new Map<string, Set<string>>();
  /** Check runs of other Apps, by id. */
  readonly runs = new Map<number, Exclude<CheckRunAnswer, { readonly kind: 'left' }>>();
  /** What other Apps found out about commits. */
  readonly conclusions = new Map<Sha, 'success' | 'failure'>();
  readonly reviews = new Map<number, readonly ApprovingReview[]>();
  /** By branch. */
  readonly queues = new Map<string, readonly QueuedPullRequest[]>();
  /** Behind the commits of each pull request. */
  readonly people = new Map<number, CommitPeople['commits']>();
  /** Pull requests of which not all commits can be read. */
  readonly unreadable = new Set<number>();
  readonly required = new Set<string>();
  readonly broughtBy = new Map<Sha, readonly number[]>();
  /** Whether a tree can be read with all of its files. */
  treesAreWhole = true;
  organization: OrganizationConfiguration | null = null;
  /** Thrown by the next calls of a method, in order. */
  readonly trouble = new Map<string, (Failure | null)[]>();
  /** Called before an answer: a test changes the world in the middle of an evaluation. */
  before: ((method: string) => void) | null = null;
  calls: string[] = [];
  /** Accounts as they were asked about first. */
  readonly #called = new Map<number, string>();
  readonly #commits = new Map<Sha, Commit>();
  readonly #blobs = new Map<Sha, Content>();
  readonly #names = new Map<Content, Sha>();
  /** Every blob that was asked for. */
  readonly readBlobs = new Set<Sha>();

  constructor(ref: Partial<RepositoryRef> = {}) {
    this.ref = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop', ...ref };
  }

  /** Commits files on a branch (null deletes) and returns the commit. */
  commit(branch: string, changes: Readonly<Record<string, Content | null>>, parents?: readonly Sha[]): Sha {
    const tip = this.branches.get(branch);
    const from = parents ?? (tip === undefined ? [] : [tip]);
    const files = new Map(from[0] === undefined ? [] : this.#at(from[0]).files);
    for (const [path, text] of Object.entries(changes)) {
      if (text === null) files.delete(path);
      else files.set(path, text);
    }
    const changed = Object.entries(changes).map(([path, text]) => [path, text === null ? null : this.#nameOf(text)]);
    const sha = createHash('sha1').update(JSON.stringify([branch, from, changed, this.#commits.size])).digest('hex');
    this.#commits.set(sha, { sha, parents: from, files });
    this.branches.set(branch, sha);
    return sha;
  }

  /** A branch is at a commit from now on, and open pull requests from it follow. */
  push(branch: string, to: Sha): void {
    this.branches.set(branch, to);
    for (const [number, facts] of this.pulls) if (facts.state === 'open' && this.heads.get(number) === branch) this.pulls.set(number, { ...facts, head: to });
  }

  /** Its files come onto the base in one commit. */
  merge(number: number): Sha {
    const facts = this.pulls.get(number);
    const baseBranch = facts?.baseBranch ?? 'main';
    const base = this.branches.get(baseBranch) ?? '';
    const before = this.#at(this.#mergeBase(base, facts?.head ?? '')).files;
    const after = this.#at(facts?.head ?? '').files;
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
    const mergeCommit = this.commit(baseBranch, Object.fromEntries(changed.map((path) => [path, after.get(path) ?? null])));
    if (facts !== undefined) this.pulls.set(number, { ...facts, state: 'merged', mergeCommit });
    return mergeCommit;
  }

  /** A call is counted, and a test may change the world before it is answered. */
  count(method: string): void {
    this.calls.push(method);
    this.before?.(method);
  }

  branch(name: string, from: string): void {
    this.branches.set(name, this.branches.get(from) ?? '');
  }

  openPull(number: number, head: string, overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
    const baseBranch = overrides.baseBranch ?? 'main';
    const facts: PullRequestFacts = {
      number,
      state: 'open',
      title: `Change ${number}`,
      author: 'mona',
      authorId: null,
      draft: false,
      head: this.branches.get(head) ?? '',
      headRepositoryId: this.ref.id,
      baseBranch,
      base: this.branches.get(baseBranch) ?? '',
      createdAt: `2026-11-20T10:00:${String(number).padStart(2, '0')}Z`,
      mergeCommit: null,
      ...overrides,
    };
    this.pulls.set(number, facts);
    this.heads.set(number, head);
    return facts;
  }

  /** The newest run of a name on a head. */
  check(name: string, head: Sha): FakeCheck | undefined {
    return this.checks.findLast((one) => one.name === name && one.head === head);
  }

  readonly app: GitHubApp = {
    repository: () => this.repository,
    remediation: () => fakeRemediation(this),
    issues: () => {
      throw new Failure('GITHUB_REFUSED', 'this fake has no issues');
    },
    organizationRepository: async () => null,
    organizationObjects: () => this.repository,
    organizationConfiguration: async () => this.#answer('organizationConfiguration', () => this.organization),
    repositories: async function* () {
      yield* [];
    },
    repositoriesVisibleWith: async () => null,
    deliveryAttempts: async () => ({ attempts: [], next: null }),
    redeliver: async () => {},
    slug: async () => 'plumbline',
    webUrl: 'https://github.com',
  };

  readonly repository: GitHubRepository = {
    pullRequest: async (number) => this.#answer('pullRequest', () => this.pulls.get(number) ?? null),
    body: async (number) => this.#answer('body', () => this.bodies.get(number) ?? ''),
    headOf: async (number) =>
      this.#answer('headOf', () => {
        const facts = this.pulls.get(number);
        return facts === undefined ? null : { state: facts.state, branch: this.heads.get(number) ?? '', head: facts.head, repositoryId: facts.headRepositoryId };
      }),
    currentHead: async (number) =>
      this.#answer('currentHead', () => {
        const facts = this.pulls.get(number);
        return facts === undefined ? null : { state: facts.state, head: facts.head, baseBranch: facts.baseBranch };
      }),
    commit: async (effect) => this.#answer('commit', () => this.noCommit ?? this.#commitFor(effect)),
    findCommit: async ({ tip, parent, message }) =>
      this.#answer('findCommit', () => this.made.find((one) => one.parent === parent && one.message === message && this.#line(tip).includes(one.sha))?.sha ?? null),
    createBranch: async (branch, at) =>
      this.#answer('createBranch', () => {
        if (this.noCommit?.kind === 'ungranted') return false;
        if (!this.branches.has(branch)) this.branches.set(branch, at);
        return true;
      }),
    pullRequestFrom: async (branch, base) => this.#answer('pullRequestFrom', () => this.opened.findLast((one) => one.branch === branch && one.base === base)?.number ?? null),
    openPullRequest: async (wanted) =>
      this.#answer('openPullRequest', () => {
        const number = firstOwnNumber + this.opened.length;
        this.opened.push({ number, ...wanted });
        this.openPull(number, wanted.branch, { author: 'plumbline[bot]', baseBranch: wanted.base, title: wanted.title });
        return number;
      }),
    openPullRequests: async () => this.#answer('openPullRequests', () => [...this.pulls.values()].filter((one) => one.state === 'open')),
    defaultBranch: async () => this.defaultBranch,
    branches: async () => this.#answer('branches', () => [...this.branches.keys()]),
    branchTip: async (branch) => this.#answer('branchTip', () => this.branches.get(branch) ?? null),
    requiredCheck: async (_branch, name) => this.#answer('requiredCheck', () => ({ required: this.required.has(name), pinned: true })),
    pullRequestsOf: async (commit) => this.#answer('pullRequestsOf', () => (this.broughtBy.get(commit) ?? []).flatMap((number) => this.pulls.get(number) ?? [])),
    canWrite: async (login) => this.#answer('canWrite', () => this.writers.has(login)),
    permission: async (login) => this.#answer('permission', () => this.#permissionOf(login)),
    people: async ({ teams, permissions, accounts }) => {
      for (const { id, login } of accounts) if (id !== null) this.#called.set(id, this.#called.get(id) ?? login);
      return this.#answer('people', () => ({
        inTeams: teams.map(({ login, team }) => this.teams.get(team)?.has(login) ?? null),
        permissions: permissions.map((login) => (this.hidesCollaborators ? null : this.#permissionOf(login))),
        accounts: accounts.map(({ id, login }) => (id === null ? (this.free.has(login) ? null : true) : !this.renamed.has(id) || this.renamed.get(id) === login)),
      }));
    },
    loginOf: async (id) => this.#answer('loginOf', () => (this.renamed.has(id) ? this.renamed.get(id) : this.#called.get(id)) ?? null),
    hasAccount: async (login) => this.#answer('hasAccount', () => !this.free.has(login)),
    isOwner: async (login) => this.#answer('isOwner', () => this.owners.has(login)),
    checksOf: async (commit) => this.#answer('checksOf', () => this.conclusions.get(commit) ?? null),
    reviews: async (number) => this.#answer('reviews', () => this.reviews.get(number) ?? []),
    mergeQueue: async (branch) => this.#answer('mergeQueue', () => this.queues.get(branch) ?? null),
    commitPeople: async (number) =>
      this.#answer('commitPeople', () => {
        const facts = this.pulls.get(number);
        if (facts === undefined) throw new Failure('NOT_FOUND', `no pull request ${number}`);
        return { head: facts.head, commits: this.people.get(number) ?? [], complete: !this.unreadable.has(number) };
      }),
    parentsOf: async (commit) => this.#answer('parentsOf', () => this.#commits.get(commit)?.parents ?? null),
    isAncestor: async (ancestor, descendant) => this.#answer('isAncestor', () => this.#ancestors(descendant).has(ancestor)),
    findArtifact: async () => this.#answer('findArtifact', () => ({ kind: 'no-run', other: null })),
    artifactUrl: async () => this.#answer('artifactUrl', () => new URL('https://artifacts.example/')),
    settings: async () => this.#answer('settings', () => ({})),
    rules: async () => this.#answer('rules', () => []),
    rulesets: async () => this.#answer('rulesets', () => []),
    createCheck: async (effect) =>
      this.#answer('createCheck', () => {
        const id = 1000 + this.checks.length;
        this.checks.push({ id, name: effect.name, head: effect.head, key: effect.key, state: effect.state, annotations: effect.state.annotations.length });
        return id;
      }),
    updateCheck: async (id, state, annotationsFrom) =>
      this.#answer('updateCheck', () => {
        const check = this.checks.find((one) => one.id === id);
        if (check === undefined) throw new Failure('NOT_FOUND', `no check ${id}`);
        check.state = state;
        check.annotations += state.annotations.length - annotationsFrom;
      }),
    findCheck: async (head, name, key) =>
      this.#answer('findCheck', () => {
        const found = this.checks.find((one) => one.head === head && one.name === name && one.key === key);
        return found === undefined ? null : { id: found.id, status: found.state.status, annotations: found.annotations };
      }),
    findComment: async (pullRequest, marker) => this.#answer('findComment', () => this.comments.find((one) => one.pullRequest === pullRequest && one.body.includes(marker)) ?? null),
    createComment: async (pullRequest, body) => this.#answer('createComment', () => this.comments.push({ id: 1 + this.comments.length, pullRequest, body })),
    updateComment: async (id, body) =>
      this.#answer('updateComment', () => {
        const comment = this.comments.find((one) => one.id === id);
        if (comment !== undefined) comment.body = body;
      }),
    comment: async (id) => this.#answer('comment', () => this.written.get(id) ?? null),
    react: async (comment, content) =>
      this.#answer('react', () => {
        const reaction = `${comment} ${content}`;
        if (!this.reactions.includes(reaction)) this.reactions.push(reaction);
        return this.reactions.indexOf(reaction) + 1;
      }),
    mergeBase: async (base, head) => this.#answer('mergeBase', () => this.#mergeBase(base, head)),
    tree: async (commit) => this.#answer('tree', () => this.#tree(commit)),
    blobs: async (wanted) =>
      this.#answer('blobs', () => {
        for (const { blob } of wanted) this.readBlobs.add(blob);
        return new Map(wanted.map(({ blob }) => [blob, { kind: 'bytes', bytes: bytesOf(this.#content(blob)) }]));
      }),
    namesAt: async (wanted) => this.#answer('namesAt', () => wanted.map(({ commit, path }) => this.#nameAt(commit, path))),
    protectionOf: async (commits) =>
      this.#answer('protectionOf', () => {
        const onDefault = this.#ancestors(this.branches.get(this.defaultBranch) ?? '');
        return commits.map((commit) => (onDefault.has(commit) ? 'protected' : this.#commits.has(commit) ? 'unprotected' : 'absent'));
      }),
    checkRun: async (id) => this.#answer('checkRun', () => this.runs.get(id) ?? { kind: 'absent' }),
    history: async (from, { limit }) =>
      this.#answer('history', () => {
        const line = this.#line(from);
        const commits = line.slice(0, limit).map((sha) => ({ sha, parent: this.#at(sha).parents[0] ?? null, tree: this.#treeName([...this.#at(sha).files]) }));
        return { commits, next: line[limit] ?? null };
      }),
  };

  /** As GitHub does: on the expected head or not at all, and open pull requests from the branch follow. */
  #commitFor(effect: CommitEffect): CommitAnswer {
    const { branch, head } = effect;
    if (this.branches.get(branch) !== head) return { kind: 'moved' };
    const sha = this.commit(branch, Object.fromEntries(effect.files.map(({ path, text }) => [path, text])));
    this.made.push({ sha, branch, parent: head, message: commitMessage(effect) });
    for (const [number, facts] of this.pulls) if (facts.state === 'open' && this.heads.get(number) === branch) this.pulls.set(number, { ...facts, head: sha });
    return { kind: 'committed', commit: sha };
  }

  #permissionOf(login: string): Permission {
    return this.admins.has(login) ? 'admin' : this.writers.has(login) ? 'write' : 'read';
  }

  #answer<Value>(method: string, value: () => Value): Value {
    this.calls.push(method);
    this.before?.(method);
    const failure = this.trouble.get(method)?.shift() ?? null;
    if (failure !== null && failure.code !== 'GITHUB_AMBIGUOUS') throw failure;
    const result = value();
    if (failure !== null) throw failure;
    return result;
  }

  #at(sha: Sha): Commit {
    const commit = this.#commits.get(sha);
    if (commit === undefined) throw new Failure('SNAPSHOT_UNREADABLE', `no commit ${sha}`);
    return commit;
  }

  #content(blob: Sha): Content {
    const content = this.#blobs.get(blob);
    if (content === undefined) throw new Failure('SNAPSHOT_UNREADABLE', `no blob ${blob}`);
    return content;
  }

  /** Hashed once, however often it is looked at. */
  #nameOf(text: Content): Sha {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = blobOf(text);
    this.#names.set(text, name);
    this.#blobs.set(name, text);
    return name;
  }

  #treeName(files: readonly (readonly [string, Content])[]): Sha {
    return digestOfBytes(JSON.stringify(files.map(([path, content]) => [path, this.#nameOf(content)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)))).slice('sha256:'.length, 'sha256:'.length + 40);
  }

  #line(from: Sha): readonly Sha[] {
    const line: Sha[] = [];
    for (let sha: Sha | undefined = from; sha !== undefined; sha = this.#at(sha).parents[0]) line.push(sha);
    return line;
  }

  /** And the commit itself. */
  #ancestors(of: Sha): ReadonlySet<Sha> {
    const ancestors = new Set<Sha>();
    const pending = [of];
    for (let sha = pending.pop(); sha !== undefined; sha = pending.pop()) {
      ancestors.add(sha);
      pending.push(...this.#at(sha).parents);
    }
    return ancestors;
  }

  #mergeBase(base: Sha, head: Sha): Sha {
    const ancestors = this.#ancestors(base);
    const queue = [head];
    for (let sha = queue.shift(); sha !== undefined; sha = queue.shift()) {
      if (ancestors.has(sha)) return sha;
      queue.push(...this.#at(sha).parents);
    }
    throw new Failure('SNAPSHOT_UNREADABLE', 'no common ancestor');
  }

  #tree(commit: Sha): Tree {
    const entries: TreeEntry[] = [...this.#at(commit).files].map(([path, text]) => ({ path, mode: '100644', blob: this.#nameOf(text), size: Buffer.byteLength(text) }));
    return { commit, entries, complete: this.treesAreWhole };
  }

  #nameAt(commit: Sha, path: string): NamedObject | null {
    const { files } = this.#at(commit);
    const text = files.get(path);
    if (text !== undefined) return { name: this.#nameOf(text), kind: 'blob' };
    const below = [...files].filter(([name]) => path === '' || name.startsWith(`${path}/`));
    return below.length === 0 ? null : { name: this.#treeName(below), kind: 'tree' };
  }
}
