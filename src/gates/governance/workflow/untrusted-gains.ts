import type { JsonValue } from '../../../domain/json-value.ts';
import { counterpartsIn } from './counterparts.ts';
import { headUses } from './head-uses.ts';
import { namesHead } from './names-head.ts';
import { secretsUsed } from './secrets-used.ts';
import { textsIn } from './texts-in.ts';
import type { Workflow, WorkflowJob } from './workflow.ts';

/** Run with secrets and a token that may write, for pull requests of strangers too. */
const dangerousEvents = ['pull_request_target', 'workflow_run'];

/** Run with secrets too, about something that a stranger did; harmless until they bring in what the stranger wrote. */
const strangersEvents = [...dangerousEvents, 'issue_comment', 'issues', 'discussion', 'discussion_comment', 'check_run', 'check_suite', 'status'];

export interface UntrustedGains {
  readonly events: readonly string[];
  readonly places: readonly UntrustedPlace[];
}

export interface UntrustedPlace {
  /** A job, or what all of them see. */
  readonly pointer: string;
  readonly gains: readonly string[];
}

/** What a workflow newly lets strangers reach. @param before Null: a new workflow. */
export function untrustedGains(before: Workflow | null, head: Workflow): UntrustedGains {
  const { of, gone } = counterpartsIn(before, head);
  const [had, has] = [reachIn(before), reachIn(head)];
  const open = new Set(gone.flatMap(had.of));
  const known = new Set(had.shared);
  const places = head.jobs.map((job) => {
    const counterpart = of(job);
    const reached = counterpart === null ? open : new Set(had.of(counterpart));
    return { pointer: job.pointer, gains: has.of(job).filter((one) => !reached.has(one)) };
  });
  const shared = { pointer: '/env', gains: has.shared.filter((one) => !known.has(one)) };
  return { events: dangerousEvents.filter((event) => head.events.has(event) && before?.events.has(event) !== true), places: [shared, ...places].filter(({ gains }) => gains.length > 0) };
}

interface Reach {
  readonly shared: readonly string[];
  readonly of: (job: WorkflowJob) => readonly string[];
}

/** What all jobs share is looked at once: there may be thousands of them. */
function reachIn(workflow: Workflow | null): Reach {
  if (workflow === null || !strangersEvents.some((event) => workflow.events.has(event))) return { shared: [], of: () => [] };
  const { environment, events } = workflow;
  const hasSecrets = dangerousEvents.some((event) => events.has(event));
  const isHeadShared = textsIn(environment).some(namesHead);
  const secretsOf = (value: JsonValue | undefined): readonly string[] => (hasSecrets ? secretsUsed(value).map((name) => `secret ${name}`) : []);
  return { shared: secretsOf(environment), of: ({ value }) => [...headUses(value, isHeadShared), ...secretsOf(value)] };
}
