import type { Contract } from '../../domain/contract/contract.ts';
import type { JudgedContract } from './judged-contract.ts';

/** Whether a file changes by nothing but setting or clearing restrictive flags: content, lifecycle and permissions stay. */
export function onlyRestricts({ atBase, inResult, base, result }: JudgedContract, contractId: string): boolean {
  if (atBase.kind !== 'contract' || inResult.kind !== 'contract') return false;
  const [before, after] = [atBase.contract, inResult.contract];
  if (before.contractId !== contractId || after.contractId !== contractId) return false;
  const isSame = before.contentHash === after.contentHash && before.lifecycle === after.lifecycle && overrideOf(before) === overrideOf(after);
  // Another spelling of the same flags sets and clears nothing.
  return isSame && (before.stateDigest !== after.stateDigest || base?.blob === result?.blob);
}

/** The date until which a quota is lifted; empty when it is not. */
export function overrideOf({ emergencyFlags }: Contract): string {
  return emergencyFlags.budgetOverride === false ? '' : emergencyFlags.budgetOverride.until;
}
