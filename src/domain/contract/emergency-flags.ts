import { pointerBelow } from '../document/pointer.ts';
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

export type FlagsReading =
  | { readonly kind: 'flags'; readonly flags: EmergencyFlags }
  | { readonly kind: 'faults'; readonly faults: readonly FlagFault[] };

/** A part that is no flag, by its JSON pointer below the flags. */
export interface FlagFault {
  readonly pointer: string;
  readonly value: JsonValue;
  readonly expected: string;
}

/** A misspelled flag must not read as a cleared one. */
export function readEmergencyFlags(value: JsonValue | undefined): FlagsReading {
  if (value === undefined) return { kind: 'flags', flags: { halted: false, humanApprovalRequired: false, budgetOverride: false } };
  if (!isJsonObject(value)) return { kind: 'faults', faults: [{ pointer: '', value, expected: 'an object with halted, humanApprovalRequired and budgetOverride' }] };
  const faults = Object.entries(value).flatMap(([key, flag]) => {
    const expected = objectionTo(key, flag);
    return expected === null ? [] : [{ pointer: pointerBelow('', key), value: flag, expected }];
  });
  if (faults.length > 0) return { kind: 'faults', faults: faults.slice(0, mostFaults) };
  const { halted, humanApprovalRequired, budgetOverride = false } = value;
  return { kind: 'flags', flags: { halted: halted === true, humanApprovalRequired: humanApprovalRequired === true, budgetOverride: readOverride(budgetOverride) ?? false } };
}

/** Flags that are told; a hostile document may have thousands. */
const mostFaults = 10;

function objectionTo(key: string, flag: JsonValue): string | null {
  if (key === 'halted' || key === 'humanApprovalRequired') return typeof flag === 'boolean' ? null : 'true or false';
  if (key !== 'budgetOverride') return 'one of halted, humanApprovalRequired, budgetOverride';
  return readOverride(flag) === null ? 'false, or {until: <a date at most 7 days ahead>}' : null;
}

function readOverride(value: JsonValue): EmergencyFlags['budgetOverride'] | null {
  if (value === false) return false;
  if (!isJsonObject(value)) return null;
  const { until } = value;
  return typeof until === 'string' && Object.keys(value).length === 1 ? { until } : null;
}
