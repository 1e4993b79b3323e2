import type { JsonValue } from '../../../domain/json-value.ts';
import { counterpartsIn } from './counterparts.ts';
import { headUses } from './head-uses.ts';
import { hasStrangersText, injectedTexts } from './injected-texts.ts';
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
  /** Expressions in its scripts whose text strangers choose. */
  readonly injected: readonly string[];
}

/** What a workflow newly lets strangers reach. @param before Null: a new workflow. */
export function untrustedGains(before: Workflow | null, head: Workflow): UntrustedGains {
  const { of, gone } = counterpartsIn(before, head);
  const [had, has] = [reachIn(before), reachIn(head)];
  const open = knownOf(gone.map(had.of));
  const places = head.jobs.map((job) => {
    const counterpart = of(job);
    return { pointer: job.pointer, ...gained(counterpart === null ? open : knownOf([had.of(counterpart)]), has.of(job)) };
  });
  const shared = { pointer: '/env', ...gained(knownOf([{ gains: had.shared, injected: [] }]), { gains: has.shared, injected: [] }) };
  return { events: dangerousEvents.filter((event) => head.events.has(event) && before?.events.has(event) !== true), places: [shared, ...places].filter(({ gains, injected }) => gains.length + injected.length > 0) };
}

type Reached = Omit<UntrustedPlace, 'pointer'>;

function knownOf(reached: readonly Reached[]): ReadonlySet<string> {
  return new Set(reached.flatMap(({ gains, injected }) => [...gains, ...injected]));
}

function gained(known: ReadonlySet<string>, { gains, injected }: Reached): Reached {
  return { gains: gains.filter((one) => !known.has(one)), injected: injected.filter((one) => !known.has(one)) };
}

interface Reach {
  readonly shared: readonly string[];
  readonly of: (job: WorkflowJob) => Reached;
}

/** What all jobs share is looked at once: there may be thousands of them. */
function reachIn(workflow: Workflow | null): Reach {
  if (workflow === null || !strangersEvents.some((event) => workflow.events.has(event))) return { shared: [], of: () => ({ gains: [], injected: [] }) };
  const { environment, events } = workflow;
  const hasSecrets = dangerousEvents.some((event) => events.has(event));
  const [isHeadShared, isTextShared] = [textsIn(environment).some(namesHead), hasStrangersText(environment)];
  const secretsOf = (value: JsonValue | undefined): readonly string[] => (hasSecrets ? secretsUsed(value).map((name) => `secret ${name}`) : []);
  return { shared: secretsOf(environment), of: ({ value }) => ({ gains: [...headUses(value, isHeadShared), ...secretsOf(value)], injected: injectedTexts(value, isTextShared) }) };
}
