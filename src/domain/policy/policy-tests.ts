export interface PolicyTest {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip';
  /** What broke, for an error; else empty. */
  readonly message: string;
}

/** `refused`: the policies or their tests are wrong; `unavailable`: the machine failed, or they are over a limit. */
export type PolicyTests =
  | { readonly kind: 'tested'; readonly tests: readonly PolicyTest[] }
  | { readonly kind: 'refused' | 'unavailable'; readonly why: string };
