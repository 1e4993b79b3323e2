import type { Action } from '../../../domain/action/action.ts';
import { workflowChange } from '../../../domain/action/workflow-change.ts';
import { quoted } from '../../../domain/finding.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { WorkflowPathKind } from './workflow-path.ts';

const nouns: Readonly<Record<WorkflowPathKind, string>> = {
  workflow: 'The workflow',
  beside: 'The file among the workflows',
  action: 'The action',
  owners: 'The list of owners',
};

export function changeAction(file: SnapshotFile, kind: WorkflowPathKind): Action {
  const { path, head } = file;
  const change = workflowChange(file, kind);
  return {
    ...change,
    tier: 3,
    why: `${nouns[kind]} ${quoted(path)} is ${change.evidence.change}.`,
    place: head === null ? null : { path, line: 1, column: 1 },
    finding: null,
    remedy: `Leave ${quoted(path)} as it is, and change it apart from the rest of your work.`,
  };
}

/** For a workflow that can not be read for good: GitHub may run it all the same. Two actions with one sentence, which is told once. */
export function mayBeAnything(path: string, why: string): readonly Action[] {
  const shared = {
    tier: 4,
    subject: { path },
    paths: [path],
    why: `The workflow can not be read (${why}), so it may gain permissions, and strangers may start it with secrets.`,
    evidence: { unread: why },
    place: { path, line: 1, column: 1 },
    finding: 'governance/workflow_unsafe',
    remedy: 'Write the workflow as plain YAML: one document, each key once, no tags and no merge keys.',
  } as const;
  return [{ ...shared, action: 'workflow.permission_widen' }, { ...shared, action: 'workflow.trigger_untrusted' }];
}
