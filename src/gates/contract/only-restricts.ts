import type { Contract } from '../../domain/contract/contract.ts';

/** Whether nothing but restrictive flags was set or cleared: content, lifecycle and permissions stay. */
export function onlyRestricts(before: Contract, after: Contract): boolean {
  return (
    before.contractId === after.contractId &&
    before.key === after.key &&
    before.contentHash === after.contentHash &&
    before.lifecycle === after.lifecycle &&
    overrideOf(before) === overrideOf(after)
  );
}

/** The date until which a quota is lifted; empty when it is not. */
export function overrideOf({ emergencyFlags }: Contract): string {
  return emergencyFlags.budgetOverride === false ? '' : emergencyFlags.budgetOverride.until;
}
