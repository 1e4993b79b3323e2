/** What one metric says: only `pass` says that the behaviour still is what was agreed. */
export type MeasureVerdict = 'pass' | 'drift' | 'inconclusive';

/** Which change is a drift: any, only one upwards, or only one downwards. */
export type Direction = 'both' | 'increase' | 'decrease';

/** Null is an open end. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

export const openInterval: Interval = { low: null, high: null };

/** How often a verdict may be wrong, as probabilities between 0 and 1, ends excluded. */
export interface Levels {
  /** Of a pass, when the truth lies at the edge of what is tolerated or beyond. Each bound of the interval is wrong as often. */
  readonly pass: number;
  /** Of a drift, when the truth is tolerated. Lower where several metrics are judged together. */
  readonly drift: number;
}

/** How many values there are; `baseline` is null where it is an agreed number, not a measurement. */
export interface Sizes {
  readonly baseline: number | null;
  readonly samples: number;
}

export type Method =
  | 'canonical-difference'
  | 'clopper-pearson'
  | 'newcombe'
  | 'tango-and-mcnemar'
  | 'hodges-lehmann-exact'
  | 'hodges-lehmann-permutation'
  | 'signed-rank-exact'
  | 'signed-rank-permutation'
  | 'order-statistics'
  | 'fisher';

/** The answer about one metric. Numbers are in the unit of the metric; rates and shares are between 0 and 1. */
export interface Measured {
  readonly method: Method;
  readonly verdict: MeasureVerdict;
  /** Of an inconclusive verdict: whether more samples could decide. */
  readonly needsMore: boolean;
  /** What was found: a difference from the baseline, or a share. Null: nothing could be estimated. */
  readonly estimate: number | null;
  readonly interval: Interval;
  /** Where the interval has to lie. */
  readonly tolerated: Interval;
  /** Of each bound of the interval alone. */
  readonly confidence: number;
  readonly sizes: Sizes;
  /** One sentence or two, in English. */
  readonly why: string;
}
