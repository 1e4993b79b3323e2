import type { Evidence } from '../domain/evidence.ts';
import type { ProbeRequest } from '../domain/probe-request.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Verdict } from '../domain/verdict.ts';

/**
 * A pure judge. It MUST NOT do I/O, read a clock or keep state.
 *
 * `plan` is asked again with the answers until it asks nothing new; it MUST come to an end for any answers. A gate of the
 * second stage is asked while the first one judges, too: what it asks without verdicts it MUST ask with any.
 * `evaluate` MUST treat a missing or unavailable answer as inconclusive, never as an empty one.
 */
export interface Gate {
  readonly name: GateName;
  plan(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[];
  evaluate(snapshot: Snapshot, evidence: Evidence): Verdict;
  /** Instants (ISO 8601) from which on the same evidence could be judged more strictly; left out by a gate that knows no time. */
  expiries?(snapshot: Snapshot, evidence: Evidence): readonly string[];
}
