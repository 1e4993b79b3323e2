/** A decision that comes out otherwise than its entry says. */
export interface DifferentDecision {
  readonly sequence: number;
  readonly repository: string | null;
  readonly subject: string;
  readonly message: string;
}

/** What judging the decisions of a log again found out. `verified`: every one came out the same, byte for byte. */
export interface DecisionReplay {
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
  readonly account: number;
  /** Decisions that were judged again: `same` and those in `different`. */
  readonly replayed: number;
  readonly same: number;
  /** Decisions of another engine version, which alone can judge them again. */
  readonly engineDiffers: number;
  /** Decisions of which what was judged was never kept, or was erased. */
  readonly unreplayable: number;
  readonly different: readonly DifferentDecision[];
  /** The first of these. */
  readonly firstWrong: (DifferentDecision & { readonly reason: 'decision_differs' }) | null;
  readonly notes: readonly string[];
}
