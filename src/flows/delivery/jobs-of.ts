import type { ValidateFunction } from 'ajv';
import { fencedEvidence } from '../../domain/agent-evidence/fenced-evidence.ts';
import { addressedLine } from '../../domain/command/addressed-line.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { mendIdentifier } from '../../domain/mend.ts';
import { isRemediationBranch } from '../../domain/remediation/branch-name.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { isPerson } from '../is-person.ts';
import { evaluationOfCheck } from '../check-effects.ts';
import { commandJob, evaluateGroupJob, evaluateHeadJob, evaluateJob, followRemediationJob, mendJob, reconcileJob, recordCloseJob, recordPushJob, recordRevertsJob, rejudgePeopleJob, rejudgePersonJob, rejudgeRunJob, scheduleJob } from '../job-requests.ts';
import type { ChangedPerson } from '../job-requests.ts';
import type { JobRequest } from '../ports/job-queue.ts';
import { reconcileSchedule } from '../schedule-names.ts';
import { eventPayloads, refusalOf } from './event-payloads.ts';
import { revertsOfPullRequest, revertsOfPush } from './reverts-of.ts';
import type { AccountPart, CheckPart, EndedRunPayload, Envelope, IssueCommentPayload, PersonPart, PullRequestPayload, PushPayload, RequestedActionPayload, TeamPayload } from './event-payloads.ts';

/** `ignored` events ask nothing of us; `refused` ones are ours but say nothing usable, and why. */
export type Mapping =
  | { readonly kind: 'jobs'; readonly jobs: readonly JobRequest[] }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly why: string };

/** Repositories of one installation event that get a job each; of more, the reconcile schedule takes care. */
const repositoriesAtOnce = 100;

const ignored: Mapping = { kind: 'ignored' };

/** What a delivery asks for. Pure: the same delivery always asks for the same jobs, so that receiving it twice is receiving it once. */
export function jobsOf(event: string, payload: JsonObject, appId: number): Mapping {
  const action = typeof payload['action'] === 'string' ? payload['action'] : '';
  switch (action === '' ? event : `${event}.${action}`) {
    case 'pull_request.opened':
    case 'pull_request.ready_for_review':
    case 'pull_request.converted_to_draft':
      return mapped(eventPayloads.pullRequest, payload, (found) => [evaluateJob(repositoryOf(found), found.pull_request.number)]);
    case 'pull_request.synchronize':
    case 'pull_request.reopened':
      return mapped(eventPayloads.pullRequest, payload, (found) => [evaluateJob(repositoryOf(found), found.pull_request.number), ...followJobs(found)]);
    case 'pull_request.dequeued':
    case 'pull_request.auto_merge_disabled':
      return mapped(eventPayloads.pullRequest, payload, followJobs);
    case 'pull_request_review.submitted':
    case 'pull_request_review.dismissed':
      // Whether reviews count the configuration says, when it is judged.
      return mapped(eventPayloads.pullRequest, payload, (found) => [evaluateJob(repositoryOf(found), found.pull_request.number)]);
    case 'pull_request.edited':
      return mapped(eventPayloads.pullRequest, payload, editedJobs);
    case 'pull_request.closed':
      return mapped(eventPayloads.pullRequest, payload, (found) => [recordCloseJob(repositoryOf(found), found.pull_request.number), ...revertJobs(found, payload)]);
    case 'merge_group.checks_requested':
      return mapped(eventPayloads.mergeGroup, payload, ({ merge_group: group, ...found }) => [
        evaluateGroupJob(repositoryOf(found), { headSha: group.head_sha, headRef: group.head_ref, baseSha: group.base_sha, baseRef: group.base_ref }),
      ]);
    case 'push':
      return mapped(eventPayloads.push, payload, (found) => pushJobs(found, payload));
    case 'check_run.rerequested':
    case 'check_run.completed':
    case 'check_run.requested_action':
      return runMapping(action, payload, appId);
    case 'issue_comment.created':
      return mapped(eventPayloads.issueComment, payload, commandJobs);
    case 'membership.added':
    case 'membership.removed':
      return mapped(eventPayloads.membership, payload, ({ organization, member }) => personJobs(member, { account: organization.id, repository: null, mayGain: action === 'added' }));
    case 'member.added':
    case 'member.edited':
    case 'member.removed':
      return mapped(eventPayloads.member, payload, ({ repository, member }) => personJobs(member, { account: repository.owner.id, repository: repository.id, mayGain: action !== 'removed' }));
    case 'team.created':
    case 'team.deleted':
    case 'team.edited':
    case 'team.added_to_repository':
    case 'team.removed_from_repository':
      return mapped(eventPayloads.team, payload, teamJobs);
    case 'organization.member_added':
    case 'organization.member_removed':
      return mapped(eventPayloads.organization, payload, ({ organization, membership }) => personJobs(membership.user, { account: organization.id, repository: null, mayGain: action === 'member_added' }));
    case 'check_suite.rerequested':
      return mapped(eventPayloads.checkSuite, payload, (found) => rerunJobs(found, found.check_suite, appId));
    case 'installation.created':
    case 'installation.unsuspend':
    case 'installation.new_permissions_accepted':
      return mapped(eventPayloads.installation, payload, (found) => reconcileJobs(found.installation, found.repositories ?? null));
    case 'installation_repositories.added':
      return mapped(eventPayloads.installationRepositories, payload, (found) => reconcileJobs(found.installation, found.repositories_added));
    default:
      return ignored;
  }
}

function runMapping(action: string, payload: JsonObject, appId: number): Mapping {
  if (action === 'completed') return mapped(eventPayloads.endedRun, payload, (found) => endedJobs(found, appId));
  if (action === 'rerequested') return mapped(eventPayloads.checkRun, payload, (found) => rerunJobs(found, found.check_run, appId));
  return mapped(eventPayloads.requestedAction, payload, (found) => mendJobs(found, appId));
}

function mapped<Payload>(validate: ValidateFunction<Payload>, payload: unknown, jobs: (payload: Payload) => readonly JobRequest[]): Mapping {
  if (!validate(payload)) return { kind: 'refused', why: refusalOf(validate) };
  const found = jobs(payload);
  return found.length === 0 ? ignored : { kind: 'jobs', jobs: found };
}

/** A retarget is judged under the new base; the title can carry claims, and the text evidence. Nothing else that can be edited is judged. */
function editedJobs(found: PullRequestPayload): readonly JobRequest[] {
  const isJudged = found.changes?.base !== undefined || found.changes?.title !== undefined || changesEvidence(found);
  const follow = found.changes?.base === undefined ? [] : followJobs(found);
  return isJudged ? [evaluateJob(repositoryOf(found), found.pull_request.number), ...follow] : [];
}

/** An edit of other words leaves the evidence in a text as it was. */
function changesEvidence({ changes, pull_request: { body } }: PullRequestPayload): boolean {
  const edit = changes?.body ?? null;
  return edit !== null && blocksIn(edit.from) !== blocksIn(body);
}

function blocksIn(text: unknown): string {
  return JSON.stringify(fencedEvidence(typeof text === 'string' ? text : ''));
}

/** Of what comes from a branch of the repository itself that is named as a remediation's: a fork can name one so, too. */
function followJobs(found: PullRequestPayload): readonly JobRequest[] {
  const { head } = found.pull_request;
  const isOwn = head?.repo?.id === found.repository.id;
  return isOwn && typeof head?.ref === 'string' && isRemediationBranch(head.ref) ? [followRemediationJob(repositoryOf(found), head.ref)] : [];
}

/** Beside the close, which is recorded first where it is not yet. */
function revertJobs(found: PullRequestPayload, payload: JsonObject): readonly JobRequest[] {
  const repository = repositoryOf(found);
  const reverts = revertsOfPullRequest(payload, repository);
  return reverts === null ? [] : [recordRevertsJob(repository, reverts.branch, reverts)];
}

function pushJobs(found: PushPayload, payload: JsonObject): readonly JobRequest[] {
  const { ref } = found;
  const isRecorded = !found.deleted && ref.startsWith('refs/heads/') && !ref.startsWith('refs/heads/gh-readonly-queue/');
  if (!isRecorded) return [];
  const repository = repositoryOf(found);
  const reverts = revertsOfPush(payload, repository);
  return [recordPushJob(repository, ref), ...(reverts === null ? [] : [recordRevertsJob(repository, ref.slice('refs/heads/'.length), reverts)])];
}

/** Forks' pull requests are not named in the payload: then every open one with this head is meant. */
function rerunJobs(found: Envelope, check: CheckPart, appId: number): readonly JobRequest[] {
  if (check.app?.id !== appId) return [];
  const repository = repositoryOf(found);
  const ours = check.pull_requests.filter((one) => one.base.repo.id === repository.id);
  return ours.length === 0 ? [evaluateHeadJob(repository, check.head_sha)] : ours.map((one) => evaluateJob(repository, one.number));
}

/** Claims may cite what other Apps run. That ours has ended is no news: whatever we post would else make us judge again. */
function endedJobs(found: EndedRunPayload, appId: number): readonly JobRequest[] {
  const { id, head_sha: head, app, conclusion } = found.check_run;
  return app?.id === appId || conclusion === null ? [] : [rejudgeRunJob(repositoryOf(found), { id, head, conclusion })];
}

/** Only the button that this version makes, on a run of ours: its external id, which nobody else can set, names the decision. */
function mendJobs(found: RequestedActionPayload, appId: number): readonly JobRequest[] {
  const { check_run: run, requested_action: action, sender } = found;
  const evaluation = run.external_id === null ? null : evaluationOfCheck(run.external_id);
  if (run.app?.id !== appId || action.identifier !== mendIdentifier || evaluation === null) return [];
  return [mendJob(repositoryOf(found), { evaluation, head: run.head_sha, askedBy: { login: sender.login, id: sender.id, kind: sender.type } })];
}

/** A person who speaks to us in a pull request. Our own comments and those of other Apps are ignored, so that nothing loops. */
function commandJobs(found: IssueCommentPayload): readonly JobRequest[] {
  const { issue, comment } = found;
  const isByPerson = comment.user !== null && isPerson(comment.user);
  if (issue.pull_request === undefined || !isByPerson || addressedLine(comment.body ?? '').kind === 'none') return [];
  return [commandJob(repositoryOf(found), { pullRequest: issue.number, comment: comment.id, waits: 0 })];
}

function personJobs(person: PersonPart, where: Omit<ChangedPerson, 'login' | 'id'>): readonly JobRequest[] {
  return person === null ? [] : [rejudgePersonJob({ ...where, login: person.login, id: person.id })];
}

/** What only words were changed of is the same team. Of what else can be changed not all is told, as where it stands among others. */
const words: ReadonlySet<string> = new Set(['description', 'notification_setting']);

function teamJobs({ organization, repository, changes = {} }: TeamPayload): readonly JobRequest[] {
  const changed = Object.keys(changes);
  const areWords = changed.length > 0 && changed.every((name) => words.has(name));
  return areWords ? [] : [rejudgePeopleJob({ account: organization.id, repository: repository?.id ?? null })];
}

function reconcileJobs(
  installation: { readonly id: number; readonly account: AccountPart },
  repositories: readonly { readonly id: number; readonly name: string }[] | null,
): readonly JobRequest[] {
  if (repositories === null || repositories.length > repositoriesAtOnce) return [scheduleJob(reconcileSchedule)];
  return repositories.map((one) => reconcileJob(repositoryOf({ installation, repository: { ...one, owner: installation.account } })));
}

function repositoryOf({ repository, installation }: Envelope): RepositoryRef {
  const { owner } = repository;
  return {
    account: { id: owner.id, login: owner.login, kind: owner.type === 'Organization' ? 'organization' : 'user' },
    installationId: installation.id,
    id: repository.id,
    owner: owner.login,
    name: repository.name,
  };
}
