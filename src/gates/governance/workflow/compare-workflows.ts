import type { Action } from '../../../domain/action/action.ts';
import type { Document } from '../../../domain/document/document.ts';
import { quoted } from '../../../domain/finding.ts';
import { tokensOf } from '../../../domain/document/pointer.ts';
import { untrustedGains } from './untrusted-gains.ts';
import { widenedJobs } from './widened-jobs.ts';
import type { Workflow } from './workflow.ts';
import { workflowOf } from './workflow.ts';

/** Jobs, and gains of each, that an action tells of; it counts the others. */
const told = 20;

/** What a workflow may do at the head and could not at the base. @param before Null: a new workflow. */
export function compareWorkflows(path: string, before: Document | null, head: Document): readonly Action[] {
  const [from, to] = [before === null ? null : workflowOf(before.value), workflowOf(head.value)];
  return [...permissionWiden(path, from, to, head), ...triggerUntrusted(path, from, to, head)];
}

function permissionWiden(path: string, from: Workflow | null, to: Workflow, head: Document): readonly Action[] {
  const widened = widenedJobs(from, to);
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
    place: { path, ...head.positionOf(`${first.job.pointer}/permissions`) },
    finding: 'governance/workflow_unsafe',
    remedy: 'State the permissions that the jobs had before, with `permissions: {contents: read}` where nothing stood or the workflow is new.',
  }];
}

function triggerUntrusted(path: string, from: Workflow | null, to: Workflow, head: Document): readonly Action[] {
  const { events, places } = untrustedGains(from, to);
  const [first] = places;
  if (events.length === 0 && first === undefined) return [];
  const gains = places.slice(0, told).map(({ pointer, gains: all }) => ({ place: pointer.slice(0, 80), gains: all.slice(0, told).map(cut) }));
  return [{
    action: 'workflow.trigger_untrusted',
    tier: 4,
    subject: { path },
    paths: [path],
    why: events.length > 0 ? `The workflow newly runs on ${events.join(' and ')}: with secrets, for what strangers propose.` : `Started by strangers, ${nameOfPlace(first?.pointer ?? '')} newly reaches ${words(first?.gains ?? [])}${others(places.length - 1, 'place')}.`,
    evidence: { events: [...events], places: places.length, reached: gains },
    place: { path, ...head.positionOf(events.length > 0 ? '/on' : (first?.pointer ?? '')) },
    finding: 'governance/workflow_unsafe',
    remedy: 'Run on `pull_request`, which gives a fork no secrets, and keep what needs secrets in a workflow that takes nothing from the head.',
  }];
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
