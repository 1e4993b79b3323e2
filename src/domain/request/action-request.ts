import type { Tier } from '../action/action.ts';

/** An operation that somebody asks for. Plumbline executes nothing: merged, the request is granted until it expires. */
export interface ActionRequest {
  /** Dotted name of what is asked for, without `request.`. */
  readonly action: string;
  readonly target: string;
  readonly rationale: string;
  readonly playbook: string | null;
  /** ISO 8601, UTC. */
  readonly expires: string;
  /** Null: not declared. */
  readonly tier: Tier | null;
}
