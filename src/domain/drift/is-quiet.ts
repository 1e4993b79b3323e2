import type { DriftRecord } from './drift-record.ts';

/** Whether nothing is to be told of a behaviour but that it is as it should be: it neither drifts, nor did within a week, and was measured. */
export function isQuiet({ standing, last, flips }: Pick<DriftRecord, 'standing' | 'last' | 'flips'>): boolean {
  return standing === 'pass' && last === 'pass' && flips.length === 0;
}
