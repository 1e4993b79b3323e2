import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';

/** State that acts at once. What is left out is false. */
export interface EmergencyFlags {
  /** Restrictive: in force when set at base or head. */
  readonly halted: boolean;
  /** Restrictive. */
  readonly humanApprovalRequired: boolean;
  /** Permissive: in force only when set at the base. */
  readonly budgetOverride: false | { readonly until: string };
}

/** Null when they are not flags at all; a misspelled flag must not read as a cleared one. */
export function readEmergencyFlags(value: JsonValue | undefined): EmergencyFlags | null {
  if (value === undefined) return { halted: false, humanApprovalRequired: false, budgetOverride: false };
  if (!isJsonObject(value)) return null;
  if (Object.keys(value).some((key) => !['halted', 'humanApprovalRequired', 'budgetOverride'].includes(key))) return null;
  const { halted = false, humanApprovalRequired = false, budgetOverride = false } = value;
  if (typeof halted !== 'boolean' || typeof humanApprovalRequired !== 'boolean') return null;
  const override = readOverride(budgetOverride);
  return override === null ? null : { halted, humanApprovalRequired, budgetOverride: override };
}

function readOverride(value: JsonValue): EmergencyFlags['budgetOverride'] | null {
  if (value === false) return false;
  if (!isJsonObject(value)) return null;
  const { until } = value;
  return typeof until === 'string' && Object.keys(value).length === 1 ? { until } : null;
}
