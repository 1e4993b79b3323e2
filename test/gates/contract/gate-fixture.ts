import type { FindingCode } from '../../../src/domain/finding-code.ts';
import type { ChangeInput } from './a-change.ts';

/**
 * What a code means, as two changes that differ in as little as possible. Each file of `fixtures/` exports one as
 * `fixture`, and `fixtures.test.ts` demands one for every code that the contracts gate judges.
 */
export interface GateFixture {
  readonly code: FindingCode;
  /** Reports exactly this code and nothing else. */
  readonly bad: ChangeInput;
  /** How: `severity code path:line`. */
  readonly told: string;
  /** Passes, and does not report the code. */
  readonly good: ChangeInput;
}
