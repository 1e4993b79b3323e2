import type { JsonValue } from '../../../domain/json-value.ts';
import { pointerBelow } from '../../../domain/document/pointer.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import { itemsOf, memberOf, membersOf } from './member-of.ts';
import { writeAccessOf } from './write-access.ts';
import type { WriteAccess } from './write-access.ts';

export interface WorkflowJob {
  readonly id: string;
  readonly pointer: string;
  readonly value: JsonValue;
  readonly access: WriteAccess;
  /** Whether its access is the workflow's. */
  readonly inherits: boolean;
}

/** A workflow as GitHub would run it. */
export interface Workflow {
  /** Lower-case names of the events that start it. */
  readonly events: ReadonlySet<string>;
  /** Other workflows alone start it: what it may do is theirs, or less. */
  readonly isOnlyCalled: boolean;
  /** The workflow's own, for jobs that state none. */
  readonly access: WriteAccess;
  readonly jobs: readonly WorkflowJob[];
  /** Seen by each job. */
  readonly environment: JsonValue | undefined;
}

/** A value that GitHub would refuse gives a workflow without events or jobs, which never runs. */
export function workflowOf(value: JsonValue): Workflow {
  const events = eventsOf(memberOf(value, 'on') ?? memberOf(value, 'true'));
  const access = writeAccessOf(memberOf(value, 'permissions'));
  const jobs = membersOf(memberOf(value, 'jobs')).map(([id, job]) => jobOf(id, job, access));
  return { events, isOnlyCalled: events.size === 1 && events.has('workflow_call'), access, jobs, environment: memberOf(value, 'env') };
}

/** Text, a list of texts, or a map: an event a key. */
function eventsOf(on: JsonValue | undefined): ReadonlySet<string> {
  const names = isJsonObject(on) ? Object.keys(on) : [on, ...itemsOf(on)].filter((name) => typeof name === 'string');
  return new Set(names.map((name) => name.trim().toLowerCase()));
}

function jobOf(id: string, value: JsonValue, inherited: WriteAccess): WorkflowJob {
  const permissions = memberOf(value, 'permissions');
  const inherits = permissions === undefined;
  return { id, pointer: pointerBelow('/jobs', id), value, access: inherits ? inherited : writeAccessOf(permissions), inherits };
}
