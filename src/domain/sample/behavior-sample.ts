import type { Reproducibility } from '../behavior/reproducibility.ts';
import type { JsonValue } from '../json-value.ts';
import type { Sha } from '../tree.ts';
import type { StartedWorkflow } from './started-workflow.ts';
import type { SampleOrigin } from './sample-origin.ts';

/** What a workflow said of a behaviour at one head, for merging it into one branch. It is a statement by the code of the change: nobody saw it measured. */
export interface BehaviorSample {
  readonly repositoryId: number;
  /** Name of the behaviour. */
  readonly behavior: string;
  readonly head: Sha;
  /** The branch whose base was measured with it, and has the behaviour. */
  readonly baseBranch: string;
  /** The answer, as that of any other source. */
  readonly value: JsonValue;
  readonly generator: Reproducibility | null;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly origin: SampleOrigin;
  /** Null: the workflow that the behaviour names was started by itself. */
  readonly caller: StartedWorkflow | null;
}
