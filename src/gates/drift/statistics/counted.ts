/** Whole numbers: how many of the trials succeeded. A trial without an answer is one that did not succeed. */
export interface Counted {
  readonly successes: number;
  readonly trials: number;
}

export function isCounted({ successes, trials }: Counted): boolean {
  return Number.isSafeInteger(successes) && Number.isSafeInteger(trials) && trials <= mostTrials && successes >= 0 && successes <= trials && trials > 0;
}

/** Beyond, sums over a binomial distribution take longer than an answer may. */
export const mostTrials = 1_000_000_000;
