import type { Action } from '../../../domain/action/action.ts';
import type { Document } from '../../../domain/document/document.ts';
import { quoted } from '../../../domain/finding.ts';
import { tokensOf } from '../../../domain/document/pointer.ts';
import { untrustedGains } from './untrusted-gains.ts';
import type { UntrustedPlace } from './untrusted-gains.ts';
import { widenedJobs } from './widened-jobs.ts';
import type { WidenedJob } from './widened-jobs.ts';
import type { Workflow } from './workflow.ts';
import { workflowOf } from './workflow.ts';

/** Jobs, and gains of each, that an action tells of; it counts the others. */
const told = 20;

export interface ComparedWorkflow {
  readonly path: string;
  /** Null: a new workflow. */
  readonly before: Document | null;
  readonly head: Document;
  /** Login of the account that owns the repository. */
  readonly account: string;
}

/** What a workflow may do at the head and could not at the base. */
export function compareWorkflows({ path, before, head, account }: ComparedWorkflow): readonly Action[] {
  const [from, to] = [before === null ? null : workflowOf(before.value), workflowOf(head.value)];
  return [...permissionWiden(path, widenedJobs(from, to, account), head), ...triggerUntrusted(path, from, to, head)];
}

function permissionWiden(path: string, widened: readonly WidenedJob[], head: Document): readonly Action[] {
  const [first] = widened;
  if (first === undefined) return [];
  const gains = widened.slice(0, told).map(({ job, gains: all }) => ({ job: job.id.slice(0, 80), gains: all.slice(0, told).map(cut) }));
  return [{
    action: 'workflow.permission_widen',
    tier: 4,
    subject: { path },
    paths: [path],
    why: `The job ${quoted(first.job.id)} gains ${words(first.gains)}${others(widened.length - 1, 'job')}.`,
    evidence: { jobs: widened.length, widened: gains },
    place: { path, ...head.positionOf(`${first.job.pointer}/${isSecret(first.gains) ? 'secrets' : 'permissions'}`) },
    finding: 'governance/workflow_unsafe',
    remedy: isSecret(first.gains) ? 'Name the secrets that a step of your own needs, one by one, and give none to a workflow of others.' : 'State the permissions that the jobs had before, with `permissions: {contents: read}` where nothing stood or the workflow is new.',
  }];
}

/** Access is told before secrets. */
function isSecret([first = '']: readonly string[]): boolean {
  return /^(?:all secrets|secrets?:? )/.test(first);
}

function triggerUntrusted(path: string, from: Workflow | null, to: Workflow, head: Document): readonly Action[] {
  const { events, places } = untrustedGains(from, to);
  const [first] = places;
  if (events.length === 0 && first === undefined) return [];
  const gains = places.slice(0, told).map(({ pointer, gains: all, injected }) => ({ place: pointer.slice(0, 80), gains: all.slice(0, told).map(cut), injected: injected.slice(0, told).map(cut) }));
  return [{
    action: 'workflow.trigger_untrusted',
    tier: 4,
    subject: { path },
    paths: [path],
    why: events.length > 0 ? `The workflow newly runs on ${events.join(' and ')}: with secrets, for what strangers propose.` : whyOf(places),
    evidence: { events: [...events], places: places.length, reached: gains },
    place: { path, ...head.positionOf(events.length > 0 ? '/on' : (first?.pointer ?? '')) },
    finding: 'governance/workflow_unsafe',
    remedy: first !== undefined && events.length + first.gains.length === 0 ? byVariable : 'Run on `pull_request`, which gives a fork no secrets, and keep what needs secrets in a workflow that takes nothing from the head.',
  }];
}

const byVariable = 'Give the text to the script as a variable of its environment, and read it there in quotes.';

function whyOf(places: readonly UntrustedPlace[]): string {
  const [first] = places;
  if (first === undefined) return '';
  const more = others(places.length - 1, 'place');
  if (first.gains.length > 0) return `Started by strangers, ${nameOfPlace(first.pointer)} newly reaches ${words(first.gains)}${more}.`;
  return `Started by strangers, ${nameOfPlace(first.pointer)} newly writes ${words(first.injected)} into what it runs${more}: whoever starts it chooses that text.`;
}

function nameOfPlace(pointer: string): string {
  const [, id] = tokensOf(pointer) ?? [];
  return id === undefined ? 'the environment of all jobs' : `the job ${quoted(id)}`;
}

function words(gains: readonly string[]): string {
  const [first = '', ...more] = gains;
  return `${quoted(first)}${others(more.length, 'thing')}`;
}

function others(count: number, noun: string): string {
  return count === 0 ? '' : ` (and ${count} more ${noun}${count === 1 ? '' : 's'})`;
}

function cut(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
