import type { GithubActionsSource } from '../behavior/behavior-source.ts';
import { quoted } from '../finding.ts';
import { member } from '../configuration/member.ts';
import type { JsonObject } from '../json-value.ts';
import type { Sha } from '../tree.ts';

/** Which run of which workflow sent samples, by the verified claims of its token (GitHub, "OpenID Connect reference"). */
export interface SampleOrigin {
  readonly repositoryId: number;
  /** The reusable workflow whose job it was: `owner/repository/.github/workflows/sample.yml@refs/heads/main`. */
  readonly jobWorkflow: string;
  /** The workflow that called it, in the same form: the one of the change, where the change is what started it. */
  readonly workflow: string;
  /** Commit that it ran on. */
  readonly commit: Sha;
  /** Such as `refs/pull/7/merge`. */
  readonly ref: string;
  /** Number of the run, and its attempt, such as `15/1`. */
  readonly run: string;
  /** Id of the token (`jti`): each is taken once. */
  readonly token: string;
}

export type OriginReading = { readonly kind: 'origin'; readonly origin: SampleOrigin } | { readonly kind: 'unusable'; readonly why: string };

/** What a verified token says of the run that it was given to. */
export function readOrigin(claims: JsonObject): OriginReading {
  const missing = required.find((name) => textOf(claims, name) === null);
  if (missing !== undefined) return { kind: 'unusable', why: `its claim ${missing} is missing` };
  const text = (name: string): string => textOf(claims, name) ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text('repository_id'))) return { kind: 'unusable', why: 'its claim repository_id is no number' };
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text('sha'))) return { kind: 'unusable', why: 'its claim sha is no commit' };
  return {
    kind: 'origin',
    origin: { repositoryId: Number(text('repository_id')), jobWorkflow: text('job_workflow_ref'), workflow: text('workflow_ref'), commit: text('sha'), ref: text('ref'), run: `${text('run_id')}/${text('run_attempt')}`, token: text('jti') },
  };
}

const required = ['repository_id', 'job_workflow_ref', 'workflow_ref', 'sha', 'ref', 'run_id', 'run_attempt', 'jti'] as const;

/** Characters of a claim: a path and a ref have at most some hundreds. */
const longest = 2_000;

function textOf(claims: JsonObject, name: string): string | null {
  const text = member.text(claims, name);
  return text !== null && text !== '' && text.length <= longest ? text : null;
}

/** What is against samples of this origin for a source; null: nothing. The workflow is compared as GitHub writes it: its owner and name in any case. */
export function objectionToOrigin(source: NamedWorkflow, { jobWorkflow }: Pick<SampleOrigin, 'jobWorkflow'>): string | null {
  return isNamed(source, jobWorkflow) ? null : `samples of ${quoted(jobWorkflow)}, expected ${quoted(nameOf(source))}`;
}

type NamedWorkflow = Pick<GithubActionsSource, 'workflow' | 'ref'>;

/** Whether a workflow, as a token names it, is the one that the source names. */
export function isNamed(source: NamedWorkflow, workflow: string): boolean {
  return withPlainOwner(workflow) === withPlainOwner(nameOf(source));
}

function nameOf({ workflow, ref }: NamedWorkflow): string {
  return `${workflow}@${ref}`;
}

function withPlainOwner(reference: string): string {
  return reference.replace(/^[^/]+\/[^/]+/, (owner) => owner.toLowerCase());
}

/** Path of the workflow that was started, where it stands in this very repository (`owner/name`); null where it is not told or elsewhere. */
export function callerPath({ workflow }: Pick<SampleOrigin, 'workflow'>, repository: string): string | null {
  const [, where, path] = /^([^/]+\/[^/]+)\/(.+)@[^@]+$/s.exec(workflow) ?? [];
  return where?.toLowerCase() === repository.toLowerCase() ? (path ?? null) : null;
}
