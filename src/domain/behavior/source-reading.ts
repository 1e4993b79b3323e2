import type { JsonValue } from '../json-value.ts';
import type { StartedWorkflow } from '../sample/started-workflow.ts';
import type { Reproducibility } from './reproducibility.ts';

/** What one question to the source of a behaviour gave. Whoever asks MUST give no signal for an error, a cut or a partial answer: never an empty one. */
export type SourceReading =
  | {
      readonly kind: 'answered';
      readonly value: JsonValue;
      /** When it was measured: ISO 8601. */
      readonly observedAt: string;
      /** What made it, as the answer states it; null: it does not. */
      readonly generator: Reproducibility | null;
      /** The workflow that made it, where that ran otherwise than the base has it: nobody may have looked at it. Left out: nothing of the repository but what the base has. */
      readonly madeBy?: StartedWorkflow;
    }
  /** Of a source that is sent to: nothing was ever sent for what is asked about. It is no trouble of the source. */
  | {
      readonly kind: 'no-samples';
      readonly why: string;
      /** Some are on their way. Left out: there is nothing to wait for. */
      readonly awaited?: true;
    }
  | { readonly kind: 'no-signal'; readonly why: string };

/** A file that a behaviour names: a baseline or a fixture, as the base of a change has it. */
export type BehaviorFile = { readonly kind: 'value'; readonly value: JsonValue } | { readonly kind: 'unreadable'; readonly why: string };

/** Why a behaviour could not be judged. In strict each is inconclusive, which blocks. */
export interface NoMeasure {
  readonly code: 'drift/no_signal' | 'drift/stale' | 'drift/too_few_samples' | 'drift/generator_changed';
  /** Of what it is told; null: of the behaviour as a whole. */
  readonly metric: string | null;
  readonly found: string;
  readonly expected: string;
}
