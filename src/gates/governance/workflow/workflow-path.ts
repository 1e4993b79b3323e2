import { foldedPath } from '../../../domain/snapshot-files.ts';

/** `workflow`: GitHub runs it. `beside`: below the folder of workflows, but GitHub runs nothing there. */
export type WorkflowPathKind = 'workflow' | 'beside' | 'action' | 'owners';

/** Null for a path that neither runs on GitHub's machines nor names owners. Case is passed over: a rename away from it is one commit. */
export function workflowPathKind(path: string): WorkflowPathKind | null {
  const folded = foldedPath(path);
  if (folded.startsWith('.github/workflows/')) return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(folded) ? 'workflow' : 'beside';
  if (/(?:^|\/)action\.ya?ml$/.test(folded)) return 'action';
  return /^(?:\.github\/|docs\/)?codeowners$/.test(folded) ? 'owners' : null;
}
