import type { SaidRemediation } from './remediation-record.ts';

/** Whether no row spoke of it at the last look: no pull request is open, and nothing is left to follow up. */
export function isAtRest({ said }: Pick<SaidRemediation, 'said'>): boolean {
  return said !== null && said.row === null && said.reason !== 'unconfirmed' && said.reason !== 'missing_evidence';
}
