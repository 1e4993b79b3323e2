import type { JsonValue } from '../json-value.ts';

/** What a behaviour compares, by what the source answers. Pointers are into the answer; `/` alone is all of it. */
export type BehaviorMetric = ExactForm | SamplesForm | QuantileForm | PairedRateForm | RateForm | BodyForm | DifferencesForm;

interface Form {
  readonly name: string;
  /** Told first, and never mended without a person's yes. */
  readonly critical: boolean;
}

interface DirectedForm extends Form {
  readonly direction: 'both' | 'increase' | 'decrease';
}

/** How far a number may be from the agreed one. `relative` is a share of it, `ulp` counts doubles. */
export interface FieldTolerance {
  readonly kind: 'absolute' | 'relative' | 'ulp';
  readonly value: number;
}

/** How far the location of samples may move; `relative` is a share of the baseline's. */
export interface SamplesTolerance {
  readonly kind: 'absolute' | 'relative';
  readonly value: number;
}

/** A value that is the same each time. */
export interface ExactForm extends DirectedForm {
  readonly kind: 'exact';
  readonly pointer: string;
  readonly baseline: JsonValue;
  /** By JSON pointer below the value; the one of all of it at the empty pointer. */
  readonly tolerances: ReadonlyMap<string, FieldTolerance>;
}

/** Values of the baseline, or the path of the file that has them. */
export type BaselineValues = { readonly kind: 'values'; readonly values: readonly JsonValue[] } | { readonly kind: 'file'; readonly path: string };

/** Values of a quantity. */
export interface SamplesForm extends DirectedForm {
  readonly kind: 'samples';
  readonly samples: string;
  readonly baseline: BaselineValues;
  readonly tolerance: SamplesTolerance;
  /** Of the same cases, in the same order, as the baseline. */
  readonly paired: boolean;
  /** Whether a pass is taken back where the shape changed. */
  readonly secondLook: boolean;
}

export interface QuantileForm extends DirectedForm {
  readonly kind: 'quantile';
  readonly samples: string;
  /** Between 0 and 1. */
  readonly quantile: number;
  readonly baseline: BaselineValues | { readonly kind: 'agreed'; readonly value: number };
  readonly tolerance: SamplesTolerance;
}

/** Booleans of the same cases, in the same order, as the baseline. */
export interface PairedRateForm extends DirectedForm {
  readonly kind: 'paired-rate';
  readonly samples: string;
  readonly baseline: BaselineValues;
  readonly margin: number;
}

/** Counts. */
export interface RateForm extends DirectedForm {
  readonly kind: 'rate';
  readonly successes: string;
  readonly trials: string;
  /** Counts, or the agreed rate. */
  readonly baseline: { readonly successes: number; readonly trials: number } | number;
  readonly margin: number;
}

/** What a JSON Schema describes. */
export interface BodyForm extends Form {
  readonly kind: 'body';
  readonly body: string;
  /** Path of the JSON Schema. */
  readonly schema: string;
}

/** That a source which compares by itself found no difference. */
export interface DifferencesForm extends Form {
  readonly kind: 'differences';
}
