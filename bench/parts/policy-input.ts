import { nameOfAction } from '../../src/domain/action/action.ts';
import type { Tier } from '../../src/domain/action/action.ts';
import type { PolicyAction, PolicyInput } from '../../src/domain/policy/policy-input.ts';
import { aPolicyAction, aPolicyInput } from '../../test/builders/a-policy-input.ts';

/** A change with so many actions of the tiers 1 to 3, some of them allowed by an entry, some approved. */
export function policyInput(actions: number): PolicyInput {
  return aPolicyInput({
    pullRequest: { ...aPolicyInput().pullRequest, number: 12, title: 'Release nightly' },
    contributors: [{ login: 'ann', kind: 'human', via: ['author', 'commit'] }, { login: 'build[bot]', kind: 'app', via: ['commit'] }],
    changes: Array.from({ length: actions }, (_, place) => ({ path: pathOf(place), status: 'modified' as const, roles: [] })),
    actions: Array.from({ length: actions }, (_, place) => actionAt(place)),
    contracts: [{ id: 'checkout', version: '2.1.0', path: 'contracts/checkout.yaml', lifecycle: 'active', flags: { halted: false, humanApprovalRequired: false, budgetOverride: false } }],
    verdicts: [{ gate: 'change', verdict: 'pass', findings: [] }, { gate: 'contracts', verdict: 'pass', findings: [] }],
    approvals: [{ login: 'bob', tier2: true, tier3: true, root: false }],
    config: { version: 1, governance: { approvals: { tier2: { count: 1, from: ['team:governance'] }, tier3: { count: 2, from: ['team:governance'] } } } },
  });
}

function pathOf(place: number): string {
  return `.github/workflows/release-${place}.yml`;
}

function actionAt(place: number): PolicyAction {
  const path = pathOf(place);
  const named = { action: 'workflow.change', subject: { path } };
  const tiers: readonly Tier[] = [2, 3, 1];
  const entry = { level: 'organization', action: 'workflow.*', owner: 'team:platform', until: '2027-03-31', daysLeft: 126, maxTier: null, inFull: false } as const;
  return aPolicyAction({
    ...named,
    name: nameOfAction(named),
    tier: tiers[place % tiers.length] ?? 2,
    paths: [path],
    evidence: { added: 3, removed: 1 },
    whitelist: place % 2 === 0 ? [entry] : [],
    approvals: { tier2: ['bob'], tier3: place % 4 === 0 ? ['bob', 'cy'] : ['bob'], root: [] },
  });
}
