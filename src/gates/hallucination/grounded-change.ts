import type { EvidenceDocument } from '../../domain/agent-evidence/evidence-document.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/** A change as the parts of the gate look at it. */
export interface GroundedChange {
  readonly snapshot: Snapshot;
  readonly configuration: Configuration;
  /** Answers of probes. */
  readonly evidence: Evidence;
  /** Of the agent: those that are valid and bound to this change. Empty where none came, or none is asked for. */
  readonly documents: readonly EvidenceDocument[];
}
