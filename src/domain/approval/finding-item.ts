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
export function findingItem({ code, fingerprint, path, restsOn, evidence, found, expected }: Finding, snapshot: Snapshot): BoundItem {
  if (code === 'config/missing' || code === 'config/repair') return configurationItem({ code, fingerprint, found, expected }, snapshot);
  const workflow = code === 'drift/own_workflow' ? snapshot.files.find((file) => file.path === path) : undefined;
  if (workflow !== undefined) return workflowItem(workflowChange(workflow, 'workflow'));
  return { scope: code, subject: fingerprint, paths: restsOn ?? (path === null ? [] : [path]), evidence: [found, expected, ...(evidence === undefined ? [] : [evidence])] };
}

/**
 * Whoever releases a configuration that begins or mends what is configured releases what it names first too, of which nobody is asked
 * beside: what the change brings, and what stands there already, where anybody may write it as yet.
 */
function configurationItem({ code, fingerprint, found, expected }: Pick<Finding, 'code' | 'fingerprint' | 'found' | 'expected'>, { files }: Snapshot): BoundItem {
  const named = files.filter(({ changed, roles }) => !changed && roles.includes('own-anew'));
  return { scope: code, subject: fingerprint, paths: [], evidence: [found, expected, named.map(({ path, base }) => [path, base?.blob ?? null])] };
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
