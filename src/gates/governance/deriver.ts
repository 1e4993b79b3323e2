import type { Action } from '../../domain/action/action.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/** A change in a governed branch, and what is known of it so far. */
export interface ChangeToDerive {
  readonly snapshot: Snapshot;
  /** In force at B. */
  readonly configuration: Configuration;
  readonly evidence: Evidence;
}

export interface Derived {
  readonly actions: readonly Action[];
  /** Advice (`notice`), and `unknown` for what could not be told: without its answer nothing may pass. */
  readonly findings: readonly Finding[];
}

/**
 * Turns one kind of change into actions. Pure. `plan` may ask in rounds: what it asks next may rest on the answers.
 * `derive` MUST report what an unavailable answer leaves open as an `unknown` finding, and what can not be read for good
 * (no YAML, too large) as the strictest action that it may be.
 */
export interface Deriver {
  readonly name: string;
  plan(change: ChangeToDerive): readonly ProbeRequest[];
  derive(change: ChangeToDerive): Derived;
}
