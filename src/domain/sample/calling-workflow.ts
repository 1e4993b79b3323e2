import type { Sha } from '../tree.ts';

/** The workflow of this repository that was started, and called the one that sends samples. */
export interface CallingWorkflow {
  readonly path: string;
  /** Content with which it ran. */
  readonly blob: Sha;
}
