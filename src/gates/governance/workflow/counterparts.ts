import type { Workflow, WorkflowJob } from './workflow.ts';

/** What of the base a job of the head is held against. */
export interface Counterparts {
  /** Null: the job is new. Then those that are gone count: it may be one of them under another name. */
  readonly of: (job: WorkflowJob) => WorkflowJob | null;
  readonly gone: readonly WorkflowJob[];
}

export function counterpartsIn(before: Workflow | null, head: Workflow): Counterparts {
  const known = new Map((before?.jobs ?? []).map((job) => [job.id, job]));
  const kept = new Set(head.jobs.map(({ id }) => id));
  return { of: ({ id }) => known.get(id) ?? null, gone: [...known.values()].filter(({ id }) => !kept.has(id)) };
}
