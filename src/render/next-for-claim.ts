import type { RecordedClaim } from '../domain/agent-evidence/verification-record.ts';

/** What to do about a claim, by its verdict. */
export function nextForClaim({ verdict, kind, checks }: Pick<RecordedClaim, 'verdict' | 'kind' | 'checks'>): string {
  switch (verdict) {
    case 'verified':
      return 'nothing';
    case 'moved':
      return 'cite the lines where it stands now';
    case 'unsupported':
      if (checks.some(({ code, status }) => code === 'RUN_COMMIT' && status === 'failed')) return 'cite a check run of the head that is judged, or take it back';
      return 'cite, word by word, what carries it, or take it back';
    case 'contradicted':
      return 'correct the change, or take it back';
    case 'unverifiable':
      // Nothing was looked at that did not hold: the rest is what GitHub alone tells.
      if (kind === 'test_result' && checks.every(({ status }) => status === 'passed')) return 'let the App judge it';
      if (checks.some(({ status }) => status === 'unavailable')) return 'wait: it is checked again by itself';
      if (checks.some(({ code }) => code === 'JUDGE')) return 'a person has to look at it';
      return kind === 'external_fact' || kind === 'rationale' || kind === 'behaviour' ? 'cite the repository for it' : 'a person has to look at it';
    case 'error':
      return 'wait: nothing in your change caused this';
  }
}
