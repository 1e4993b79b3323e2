import { nameOfAction } from '../action/action.ts';
import { workflowChange } from '../action/workflow-change.ts';
import { ruleOf } from '../finding-code.ts';
import type { Finding } from '../finding.ts';
import type { Electors } from '../held-item.ts';
import type { Snapshot } from '../snapshot.ts';
import type { BoundItem } from './binding.ts';

/**
 * A held finding as something to approve. One about no path rests on all that change. One about what a changed workflow states is that
 * very change: who approves the workflow has approved what it states, before or after it was stated.
 */
export function findingItem({ code, fingerprint, path, restsOn, found, expected }: Finding, snapshot: Snapshot): BoundItem {
  const workflow = code === 'drift/own_workflow' ? snapshot.files.find((file) => file.path === path) : undefined;
  if (workflow !== undefined) return workflowItem(workflowChange(workflow, 'workflow'));
  return { scope: code, subject: fingerprint, paths: restsOn ?? (path === null ? [] : [path]), evidence: [found, expected] };
}

function workflowItem({ action, subject, paths, evidence }: ReturnType<typeof workflowChange>): BoundItem {
  return { scope: action, subject: nameOfAction({ action, subject }), paths, evidence };
}

/** Tells a finding from every other one of a decision that people may release. */
export function keyOfFinding({ code, fingerprint }: Pick<Finding, 'code' | 'fingerprint'>): string {
  return `${code} ${fingerprint}`;
}

/** Whose word releases or rejects a held finding; null where its gate counts for itself. */
export function electorsOf({ code }: Pick<Finding, 'code'>): Exclude<Electors, 'root'> | null {
  if (code === 'config/missing' || code === 'config/repair') return 'admins';
  return ruleOf(code).releasedBy ?? null;
}
