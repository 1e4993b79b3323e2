import type { BehaviorMetric } from './behavior-metric.ts';
import type { BehaviorSource } from './behavior-source.ts';
import type { Reproducibility } from './reproducibility.ts';

/** What a system does, as a file of the repository says that it is measured, and against which baseline. */
export interface Behavior {
  readonly name: string;
  /** `change`: evidence is bound to the head, and decides about a pull request. `environment`: measured on schedule at the default branch. */
  readonly scope: 'environment' | 'change';
  readonly source: BehaviorSource;
  /** Path of a file with an answer. Read only where strictness is off. */
  readonly fixture: string | null;
  /** At least one, each name once. */
  readonly metrics: readonly BehaviorMetric[];
  /** What has to have made the samples; null: not stated. */
  readonly reproducibility: Reproducibility | null;
  readonly owner: string;
  readonly playbook: string | null;
  /** Milliseconds; older answers are stale. */
  readonly maxAge: number;
  /** Of the values of a metric, or its trials. */
  readonly minSamples: number;
  readonly maxSamples: number;
  /** Such as 0.95. */
  readonly confidence: number;
  readonly acceptBlocking: boolean;
  /** Null: as the configuration says. */
  readonly strict: boolean | null;
}
