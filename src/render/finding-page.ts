import type { FindingCode } from '../domain/finding-code.ts';
import type { FailureCode } from '../domain/failure.ts';

/** The page of a finding code, below `docs/`. */
export function findingPage(code: FindingCode): string {
  return `findings/${code}.md`;
}

/** The page of a failure code, below `docs/`. */
export function failurePage(code: FailureCode): string {
  return `errors/${code}.md`;
}
