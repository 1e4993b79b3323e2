import { digestOfValue } from '../../src/domain/digest.ts';
import type { RemediationPlan } from '../../src/domain/remediation/behavior-drift.ts';

/** A plan that restores one contract. */
export function aRemediationPlan(changes: Partial<RemediationPlan> = {}): RemediationPlan {
  return {
    playbook: { id: 'restore-contract', version: '1' },
    about: { title: 'Restore a contract', description: 'Gives each contract back what it had when it was released.', docs: 'docs/playbooks/restore-contract.md', tier: 2, instead: null },
    files: [{ path: 'contracts/checkout.yaml', text: 'version: 1\n', before: 'version: 2\n', mode: '100644' }],
    issue: null,
    notices: [],
    unsigned: [],
    bounds: { maxFiles: 20, maxRepositories: 100, pauseWindows: [] },
    rollback: { kind: 'roll-forward' },
    digest: digestOfValue('a plan'),
    ...changes,
  };
}
