import type { Digest } from '../../digest.ts';
import { branchInTheWay } from '../branch-in-the-way.ts';
import { branchName, mostGenerations } from '../branch-name.ts';
import { ownDrift } from '../drift-facts.ts';
import { intentOf, pendingAt } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { RemediationMode } from '../remediation-state.ts';
import type { BranchAt, Opening } from '../step.ts';

/** What is in the way of an opening, or found where it goes. */
export type Ground =
  | { readonly kind: 'free' }
  | { readonly kind: 'ours'; readonly at: BranchAt; readonly plan: Digest }
  | { readonly kind: 'foreign'; readonly reason: 'foreign_branch' | 'foreign_pull_request' | 'branch_in_the_way'; readonly named: string };

/** The next generation, and what stands where its branch goes. Null when nothing can be opened: no confirmed drift, or no generation left. */
export function openingOf(facts: Facts, mode: Exclude<RemediationMode, 'report'>): { readonly opening: Opening; readonly ground: Ground } | null {
  const { state, latest } = facts;
  const drift = ownDrift(state);
  const generation = nextGeneration(facts);
  if (drift === null || generation > mostGenerations) return null;
  const opening = { generation, branch: branchName(state.target, state.fingerprint, generation), plan: drift.plan, base: drift.base, mode, follows: latest?.number ?? null };
  return { opening, ground: groundOf(facts, opening) };
}

export function nextGeneration({ own }: Facts): number {
  return Math.max(0, ...own.map(({ generation }) => generation ?? 0)) + 1;
}

function groundOf(facts: Facts, { branch, generation }: Opening): Ground {
  const { branches, pullRequests } = facts.state;
  const other = pullRequests.find((one) => !one.fromFork && one.branch === branch && one.state.kind === 'open');
  if (other !== undefined) return { kind: 'foreign', reason: 'foreign_pull_request', named: `#${other.number}` };
  const inTheWay = branchInTheWay(branches.map(({ name }) => name), branch);
  if (inTheWay !== null) return { kind: 'foreign', reason: 'branch_in_the_way', named: inTheWay };
  const found = branches.find(({ name }) => name === branch);
  if (found === undefined) return { kind: 'free' };
  const intent = intentOf(facts, generation);
  const plan = pendingAt(facts, branch, found.tip)?.plan ?? (intent?.head === found.tip ? intent.plan : null);
  return plan === null ? { kind: 'foreign', reason: 'foreign_branch', named: branch } : { kind: 'ours', at: { branch, tip: found.tip }, plan };
}
