import { Failure } from '../domain/failure.ts';
import { mayWrite } from '../domain/people/permission.ts';
import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository } from '../flows/ports/github-repository.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import type { PullRequestOfCommit } from '../flows/ports/pull-request-facts.ts';
import { listAt, numberAt, optionalShaAt, optionalTextAt, shaAt, textAt } from './answer.ts';
import { findArtifact } from './artifacts.ts';
import { readBlobs } from './blobs.ts';
import { createCheckRun, findCheckRun, updateCheckRun } from './check-runs.ts';
import { readCheckRun } from './cited-check-run.ts';
import { readProtection } from './commit-protection.ts';
import type { ProtectionSources } from './commit-protection.ts';
import { readIsGuarded } from './guarded-branch.ts';
import { readCommitPeople } from './commit-people.ts';
import { commitOnBranch, findCommit } from './commit-on-branch.ts';
import { createOwnComment, findOwnComment, reactToComment, readComment, updateOwnComment } from './comments.ts';
import { readCurrentHead } from './current-head.ts';
import { readHistory } from './history.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { LearnedObjects } from './learned-objects.ts';
import { readIsAncestor, readMergeBase } from './merge-base.ts';
import { readMergeQueue } from './merge-queue.ts';
import { readNamesAt } from './names-at.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { readOtherChecks } from './other-checks.ts';
import { forEachItem } from './pages.ts';
import { readPeople } from './people.ts';
import { readIsOwner, readPermission } from './permissions.ts';
import { hasAccount, readLogin } from './read-login.ts';
import { createBranch, findOwnPullRequest, openPullRequest } from './pull-requests.ts';
import { readBody } from './pull-request-body.ts';
import { readPullRequestHead } from './pull-request-head.ts';
import { defaultBranchKey, readOpenPullRequests, readPullRequest } from './pull-request-facts.ts';
import type { RepositoryCalls } from './repository-calls.ts';
import { readRequiredCheck } from './required-check.ts';
import { readApprovingReviews } from './reviews.ts';
import { readRepositorySettings, readRules, readRulesets } from './repository-settings.ts';
import { readTree } from './trees.ts';

export interface RepositoryOptions {
  readonly calls: RepositoryCalls;
  readonly cache: ObjectCache;
  readonly kept: KeptAnswers;
  readonly appId: number;
}

/** One repository of an installation, as the flows need it. */
export function openRepository(options: RepositoryOptions): GitHubRepository {
  const { calls, appId } = options;
  const cache = new LearnedObjects(options.cache);
  const defaultBranch = async (): Promise<string> => cache.learned(defaultBranchKey) ?? (await readDefaultBranch(options));
  const protectionSources: ProtectionSources = {
    defaultBranch,
    tipOf: (branch) => readBranchTip(options, branch),
    isGuarded: (branch) => readIsGuarded(calls, branch),
    mergeBase: (commit, tip) => readMergeBase(calls, cache, commit, tip),
  };
  return {
    mergeBase: (base, head) => readMergeBase(calls, cache, base, head),
    isAncestor: (ancestor, descendant) => readIsAncestor(calls, cache, ancestor, descendant),
    parentsOf: (commit) => nullWhenMissing(() => readParents(calls, commit)),
    tree: (commit) => unreadableWhenMissing(() => readTree(calls, cache, commit)),
    blobs: (wanted) => unreadableWhenMissing(() => readBlobs(calls, cache, wanted)),
    namesAt: (wanted, how) => unreadableWhenMissing(() => readNamesAt(calls, cache, wanted, how)),
    protectionOf: (commits, range) => readProtection(protectionSources, commits, range),
    checkRun: (id) => readCheckRun(options, id),
    history: (from, page) => unreadableWhenMissing(() => readHistory(calls, from, page.limit)),
    pullRequest: (number) => readPullRequest(calls, cache, number),
    body: (number) => readBody(calls, cache, number),
    headOf: (number) => readPullRequestHead(calls, number),
    currentHead: (number) => readCurrentHead(calls, cache, number),
    openPullRequests: () => readOpenPullRequests(calls),
    pullRequestsOf: (commit) => readPullRequestsOf(calls, commit),
    defaultBranch,
    branches: () => readBranches(calls),
    branchTip: (branch) => readBranchTip(options, branch),
    requiredCheck: (branch, name) => readRequiredCheck(calls, appId, branch, name),
    commitPeople: (number) => readCommitPeople(calls, cache, number),
    permission: (login) => readPermission(calls, login),
    canWrite: async (login) => mayWrite(await readPermission(calls, login)),
    people: (asked, beside) => readPeople({ calls, learned: cache, beside }, asked),
    isOwner: (login) => readIsOwner(calls, login),
    loginOf: (id) => readLogin(calls, id),
    hasAccount: (login) => hasAccount(calls, login),
    reviews: (number) => readApprovingReviews(calls, number),
    mergeQueue: (branch) => readMergeQueue(calls, branch),
    findArtifact: (wanted) => findArtifact(calls, wanted),
    artifactUrl: (id) => calls.locateActions('/artifacts/{artifact_id}/{archive_format}', { artifact_id: id, archive_format: 'zip' }),
    settings: (wanted) => readRepositorySettings(calls, wanted),
    rules: (branch) => readRules(calls, branch),
    rulesets: () => readRulesets(calls),
    createCheck: (effect) => createCheckRun(calls, effect),
    updateCheck: (id, state, annotationsFrom) => updateCheckRun(calls, id, state, annotationsFrom),
    findCheck: (head, name, key) => findCheckRun(calls, appId, { head, name, key }),
    checksOf: (commit) => readOtherChecks(calls, appId, commit),
    findComment: (pullRequest, marker) => findOwnComment(calls, appId, pullRequest, marker),
    createComment: (pullRequest, body) => createOwnComment(calls, pullRequest, body),
    updateComment: (id, body) => updateOwnComment(calls, id, body),
    comment: (id) => nullWhenMissing(() => readComment(calls, id)),
    react: (comment, content) => reactToComment(calls, comment, content),
    commit: (effect) => commitOnBranch(calls, effect),
    createBranch: (branch, at) => createBranch(calls, branch, at),
    pullRequestFrom: (branch, base) => findOwnPullRequest(calls, branch, base),
    openPullRequest: (wanted) => openPullRequest(calls, wanted),
    findCommit: (wanted) => findCommit(calls, wanted),
  };
}

async function readParents(calls: RepositoryCalls, commit: Sha): Promise<readonly Sha[]> {
  const { body } = await calls.read('/commits', { sha: commit, per_page: 1 });
  return listAt(body, [0, 'parents']).map((parent) => shaAt(parent, ['sha']));
}

async function readPullRequestsOf(calls: RepositoryCalls, commit: Sha): Promise<readonly PullRequestOfCommit[]> {
  const found: PullRequestOfCommit[] = [];
  await forEachItem((page) => calls.read('/commits/{commit_sha}/pulls', { commit_sha: commit, ...page }), [], (item) => {
    const isMerged = optionalTextAt(item, ['merged_at']) !== null;
    const state = isMerged ? 'merged' : textAt(item, ['state']) === 'open' ? 'open' : 'closed';
    // Before a merge GitHub names its own test of one here.
    found.push({ number: numberAt(item, ['number']), state, baseBranch: textAt(item, ['base', 'ref']), head: shaAt(item, ['head', 'sha']), mergeCommit: isMerged ? optionalShaAt(item, ['merge_commit_sha']) : null });
  });
  return found;
}

function readDefaultBranch({ calls, kept }: RepositoryOptions): Promise<string> {
  return kept.read({ accountId: calls.ref.account.id, key: `${calls.ref.id}:default` }, (headers) => calls.read('', {}, headers), (body) => textAt(body, ['default_branch']));
}

async function readBranches(calls: RepositoryCalls): Promise<readonly string[]> {
  const names: string[] = [];
  await forEachItem((page) => calls.read('/branches', page), [], (item) => {
    names.push(textAt(item, ['name']));
  });
  return names;
}

async function readBranchTip({ calls, kept }: RepositoryOptions, branch: string): Promise<Sha | null> {
  const ask = (headers: Record<string, string>) => calls.read('/git/ref/{ref}', { ref: `heads/${branch}` }, headers);
  return nullWhenMissing(() => kept.read({ accountId: calls.ref.account.id, key: `${calls.ref.id}:heads/${branch}` }, ask, (body) => shaAt(body, ['object', 'sha'])));
}

/** A git object that is not there is never an absence to go on with. */
async function unreadableWhenMissing<Found>(read: () => Promise<Found>): Promise<Found> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'NOT_FOUND') throw new Failure('SNAPSHOT_UNREADABLE', thrown.message, { cause: thrown });
    throw thrown;
  }
}
