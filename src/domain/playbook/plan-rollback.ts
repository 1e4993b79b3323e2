import type { Sha } from '../tree.ts';
import type { Planning } from './plan.ts';
import { planOf } from './plan-of.ts';
import type { Playbook } from './playbook.ts';
import type { PlaybookStep } from './playbook-step.ts';
import type { PlaybookFacts } from './playbook-facts.ts';

/** How a remediation is undone before its merge, whatever its playbook. */
export const rollbackBeforeMerge = 'Close the pull request, and delete its branch while it stands where Plumbline left it.';

/**
 * What undoes a remediation that was merged, planned as it was: `commit` is the one that brought it. Content that was released since
 * comes back as a higher version, state by the transitions that there are.
 */
export function planRollback(playbook: Playbook, facts: PlaybookFacts, commit: Sha): Planning {
  const { rollback } = playbook;
  if (rollback.kind === 'none') return { kind: 'refused', refusal: { kind: 'content', path: null, found: 'a playbook without a rollback', expected: 'one that can be undone', next: rollback.reason } };
  const brought = facts.commits.get(commit);
  if (brought === undefined) return { kind: 'unread', wanted: [{ kind: 'commit', commit }] };
  const paths = brought.kind === 'changes' ? brought.files.map(({ path }) => path) : [];
  const differences = [null, ...paths].map((path) => ({ path, template: null, name: null, expected: null, found: commit }));
  const step: PlaybookStep = rollback.kind === 'revert' ? { kind: 'revert-commit', commit } : { kind: 'roll-forward', path: null, to: 'before-commit' };
  return planOf({ ...playbook, trigger: { codes: [], classes: ['*'] }, preconditions: [], steps: [step] }, { ...facts, drift: { ...facts.drift, differences } });
}
