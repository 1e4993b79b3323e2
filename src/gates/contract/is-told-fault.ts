import type { ContractFault } from '../../domain/contract/contract.ts';
import { pointerAbove, tokensOf } from '../../domain/document/pointer.ts';
import type { SchemaViolation } from '../../domain/probe-answer.ts';
import { quoted } from '../../domain/finding.ts';

/** Whether a schema says again what is told of a field already, with its own next step. `placeOf` says where the schema sees a fault. */
export function isToldFault(faults: readonly ContractFault[], violation: SchemaViolation, placeOf: (fault: ContractFault) => string): boolean {
  return faults.some((fault) => isAbout(violation, placeOf(fault)));
}

/** Where a fault stands in the envelope's view, whatever the document's shape. */
export function placeInEnvelope({ field, below }: ContractFault): string {
  return `/${field}${below}`;
}

/** Whether a violation is about what stands at a place, or about that it is missing. */
export function isAbout({ pointer, keyword, message }: SchemaViolation, place: string): boolean {
  if (place === '') return false;
  if (pointer === place || pointer.startsWith(`${place}/`)) return true;
  // What is missing is told at what should hold it, which may be no object at all.
  if (keyword === 'type' && place.startsWith(`${pointer}/`)) return true;
  return keyword === 'required' && pointer === pointerAbove(place) && message.includes(quoted((tokensOf(place) ?? []).at(-1) ?? ''));
}
