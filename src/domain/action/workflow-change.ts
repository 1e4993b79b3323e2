import type { SnapshotFile } from '../snapshot.ts';
import type { Action } from './action.ts';

export interface WorkflowChange extends Pick<Action, 'action' | 'subject' | 'paths'> {
  /** `kind`: of the file, as its path tells. */
  readonly evidence: { readonly change: 'added' | 'changed' | 'deleted'; readonly kind: string };
}

/** How a change of a workflow, or of what belongs to workflows, is called, and what a yes to it is bound to: what rests on the file is approved with it. */
export function workflowChange({ path, base, head }: Pick<SnapshotFile, 'path' | 'base' | 'head'>, kind: string): WorkflowChange {
  const change = base === null ? 'added' : head === null ? 'deleted' : 'changed';
  return { action: 'workflow.change', subject: { path }, paths: [path], evidence: { change, kind } };
}
