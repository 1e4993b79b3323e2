/** So many calls within a window, of which some may come at once. */
export interface Budget {
  /** In any window of this length, measured from whenever. */
  readonly most: number;
  /** At once after a quiet time; the rest is spread over the window. Less than `most`. */
  readonly burst: number;
  readonly windowMs: number;
}

/** Keeps one budget (generic cell rate algorithm): full at first, and refilled evenly by `most - burst` a window, so that no window holds more than `most`. */
export class TokenBucket {
  readonly #budget: Budget;
  readonly #costMs: number;
  /** Milliseconds of the caller's monotonic clock at which the bucket is full again. */
  #fullAt = Number.NEGATIVE_INFINITY;

  constructor(budget: Budget) {
    this.#budget = budget;
    this.#costMs = budget.windowMs / (budget.most - budget.burst);
  }

  /** Milliseconds until so much can be taken. */
  waitFor(amount: number, now: number): number {
    const fullAt = Math.max(this.#fullAt, now) + amount * this.#costMs;
    return Math.max(0, fullAt - now - this.#budget.burst * this.#costMs);
  }

  /** Takes it, now or by waiting so long. */
  take(amount: number, now: number): void {
    this.#fullAt = Math.max(this.#fullAt, now) + amount * this.#costMs;
  }
}
