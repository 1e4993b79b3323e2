/** What a finding does to the decision: `unknown` makes its gate inconclusive, `notice` decides nothing. */
export type Severity = 'deny' | 'unknown' | 'hold' | 'notice';
