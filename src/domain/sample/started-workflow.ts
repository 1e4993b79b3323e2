import type { Sha } from '../tree.ts';

/** A workflow of this repository that was started, as it ran. What it calls stands elsewhere, or is governed there. */
export interface StartedWorkflow {
  readonly path: string;
  readonly blob: Sha;
}
