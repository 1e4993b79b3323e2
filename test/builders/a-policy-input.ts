import type { PolicyAction, PolicyInput } from '../../src/domain/policy/policy-input.ts';

/** An action of tier 2 on a workflow that nobody approved; states only what matters. */
export function aPolicyAction(more: Partial<PolicyAction> = {}): PolicyAction {
  const path = '.github/workflows/ci.yml';
  return { name: `workflow.change ${path}`, action: 'workflow.change', tier: 2, subject: { path }, paths: [path], why: 'It changes a workflow.', evidence: {}, finding: null, isRoot: false, whitelist: [], approvals: { tier2: [], tier3: [], root: [] }, rejections: [], ...more };
}

export function aPolicyInput(more: Partial<PolicyInput> = {}): PolicyInput {
  return {
    version: 1,
    now: '2026-11-26T12:00:00Z',
    repository: { id: 7, owner: 'acme', name: 'shop', account: { id: 1, login: 'acme', kind: 'organization' } },
    base: { branch: 'main', entry: 'main', sha: 'b'.repeat(40) },
    pullRequest: { number: 1, title: 'Build faster', author: 'ann', draft: false, fork: false, head: 'a'.repeat(40) },
    contributors: [{ login: 'ann', kind: 'human', via: ['author'] }],
    unknownContributors: null,
    changes: [{ path: '.github/workflows/ci.yml', status: 'modified', roles: [] }],
    actions: [aPolicyAction()],
    required: { tier2: 1, tier3: 2, root: 1 },
    contracts: [],
    verdicts: [{ gate: 'change', verdict: 'pass', findings: [] }],
    approvals: [],
    waivers: [],
    config: { version: 1 },
    ...more,
  };
}
