import type { FindingCode } from '../finding-code.ts';
import type { PlaybookTrigger } from './playbook.ts';

/** What scans tell a drift as. A trigger of another class asks for what nothing measures. */
export const observedClasses = ['file/changed', 'file/missing', 'workflow/changed', 'workflow/missing', 'settings/changed', 'contract/diverged', 'contract/previous_ref', 'resource/planned', 'budget/breach', 'metric/shifted'] as const;

export type ObservedClass = (typeof observedClasses)[number];

/** Findings that say the same of a change, and are told with the class. */
export const observedCodes: Readonly<Partial<Record<ObservedClass, FindingCode>>> = { 'contract/diverged': 'contract/base_diverged', 'contract/previous_ref': 'contract/previous_ref_mismatch' };

/** Whether any scan ever asks for what has this trigger. */
export function isEverTriggered({ codes, classes }: PlaybookTrigger): boolean {
  const [known, told]: readonly [readonly string[], readonly string[]] = [observedClasses, Object.values(observedCodes)];
  return classes.includes('*') || classes.some((one) => known.includes(one)) || codes.some((one) => told.includes(one));
}

/** Whether it comes and goes with days and months: then that it does so is no sign that something flaps or fights. */
export function isByCalendar(observed: string | null): boolean {
  return observed === 'budget/breach';
}
