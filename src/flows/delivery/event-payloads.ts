import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { Person } from '../../domain/effect.ts';
import { eventSchemas } from './event-schemas.ts';

export interface AccountPart {
  readonly id: number;
  readonly login: string;
  readonly type: string;
}

export interface RepositoryPart {
  readonly id: number;
  readonly name: string;
  readonly owner: AccountPart;
}

export interface Envelope {
  readonly repository: RepositoryPart;
  readonly installation: { readonly id: number };
}

export interface CheckPart {
  readonly head_sha: string;
  readonly app: { readonly id: number } | null;
  readonly pull_requests: readonly { readonly number: number; readonly base: { readonly repo: { readonly id: number } } }[];
}

export interface PullRequestPayload extends Envelope {
  readonly pull_request: { readonly number: number; readonly body?: unknown; readonly head?: { readonly ref?: unknown; readonly repo?: { readonly id?: unknown } | null } | null };
  readonly changes?: { readonly base?: unknown; readonly title?: unknown; readonly body?: { readonly from?: unknown } | null };
}

/** A head came to a pull request, and through whom. */
export interface ArrivalPayload {
  readonly repository: RepositoryPart;
  readonly pull_request: { readonly number: number; readonly head: { readonly sha: string }; readonly updated_at?: string };
  readonly sender: AccountPart;
  readonly before?: string;
}

export interface MergeGroupPayload extends Envelope {
  readonly merge_group: { readonly head_sha: string; readonly head_ref: string; readonly base_sha: string; readonly base_ref: string };
}

export interface PushPayload extends Envelope {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly deleted: boolean;
}

export interface CheckRunPayload extends Envelope {
  readonly check_run: CheckPart;
}

/** A check run has ended, whoever made it. */
export interface EndedRunPayload extends Envelope {
  readonly check_run: { readonly id: number; readonly head_sha: string; readonly app: { readonly id: number } | null; readonly conclusion: string | null };
}

/** Somebody clicked a button of a check run. */
export interface RequestedActionPayload extends Envelope {
  readonly check_run: { readonly head_sha: string; readonly app: { readonly id: number } | null; readonly external_id: string | null };
  readonly requested_action: { readonly identifier: string };
  readonly sender: AccountPart;
}

export interface CheckSuitePayload extends Envelope {
  readonly check_suite: CheckPart;
}

/** Somebody commented on an issue, or on a pull request: then the issue has the member `pull_request`. */
export interface IssueCommentPayload extends Envelope {
  readonly issue: { readonly number: number; readonly pull_request?: unknown };
  readonly comment: { readonly id: number; readonly body: string | null; readonly user: { readonly login: string; readonly type: string } | null };
}

/** Somebody whose place changed; null where the account is gone. */
export type PersonPart = Person | null;

/** Somebody came into a team or left it. */
export interface MembershipPayload {
  readonly organization: { readonly id: number };
  readonly member: PersonPart;
}

/** Somebody may do something else in a repository now. */
export interface MemberPayload {
  readonly repository: RepositoryPart;
  readonly member: PersonPart;
}

/** A team was made, changed or deleted, or may do something else in a repository. */
export interface TeamPayload {
  readonly organization: { readonly id: number };
  readonly repository?: { readonly id: number };
  readonly changes?: object;
}

/** Somebody came into an organisation or left it. */
export interface OrganizationPayload {
  readonly organization: { readonly id: number };
  readonly membership: { readonly user: PersonPart };
}

export interface InstallationPayload {
  readonly installation: { readonly id: number; readonly account: AccountPart };
  readonly repositories?: readonly { readonly id: number; readonly name: string }[];
}

export interface InstallationRepositoriesPayload {
  readonly installation: { readonly id: number; readonly account: AccountPart };
  readonly repositories_added: readonly { readonly id: number; readonly name: string }[];
}

/** Own properties only: a payload with `__proto__` members can not supply what it lacks. */
const ajv = new Ajv({ strict: true, allErrors: false, ownProperties: true, allowUnionTypes: true });

export const eventPayloads = {
  pullRequest: ajv.compile<PullRequestPayload>(eventSchemas.pullRequest),
  arrival: ajv.compile<ArrivalPayload>(eventSchemas.arrival),
  mergeGroup: ajv.compile<MergeGroupPayload>(eventSchemas.mergeGroup),
  push: ajv.compile<PushPayload>(eventSchemas.push),
  checkRun: ajv.compile<CheckRunPayload>(eventSchemas.checkRun),
  endedRun: ajv.compile<EndedRunPayload>(eventSchemas.endedRun),
  requestedAction: ajv.compile<RequestedActionPayload>(eventSchemas.requestedAction),
  issueComment: ajv.compile<IssueCommentPayload>(eventSchemas.issueComment),
  membership: ajv.compile<MembershipPayload>(eventSchemas.membership),
  member: ajv.compile<MemberPayload>(eventSchemas.member),
  team: ajv.compile<TeamPayload>(eventSchemas.team),
  organization: ajv.compile<OrganizationPayload>(eventSchemas.organization),
  checkSuite: ajv.compile<CheckSuitePayload>(eventSchemas.checkSuite),
  installation: ajv.compile<InstallationPayload>(eventSchemas.installation),
  installationRepositories: ajv.compile<InstallationRepositoriesPayload>(eventSchemas.installationRepositories),
} as const;

/** What was wrong with the payload that the function refused last: where and why, never the value. */
export function refusalOf<Payload>(validate: ValidateFunction<Payload>): string {
  const [first] = validate.errors ?? [];
  if (first === undefined) return 'payload is not what this event carries';
  return `payload ${first.instancePath === '' ? '/' : first.instancePath} ${first.message ?? 'is wrong'}`;
}
