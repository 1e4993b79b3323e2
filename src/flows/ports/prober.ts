import type { BehaviorQuestion } from '../../domain/behavior/behavior-question.ts';
import type { DriftState } from '../../domain/behavior/drift-state.ts';
import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import type { CalibrationLabels } from '../../domain/calibration/calibration-labels.ts';
import type { Answer } from '../../domain/probe-answer.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest, RequestOf } from '../../domain/probe-request.ts';
import type { UsageAnswer } from '../../domain/usage/usage-answer.ts';
import type { Contributors } from '../../domain/people/contributor.ts';
import type { Membership } from '../../domain/people/membership.ts';
import type { Vote } from '../../domain/people/vote.ts';
import type { RecordAnswer, Release } from '../../domain/release.ts';
import type { ReleasesOfIds } from '../../domain/releases-of-id.ts';
import type { SchemaVersion } from '../../domain/schema/schema-version.ts';

/** Reads the release record: the store's on a server, one built from history on the command line. */
export interface ReleaseReader {
  releases(entry: string, contractIds: readonly string[]): Promise<ReleasesOfIds>;
  releasesAt(entry: string, paths: readonly string[]): Promise<readonly Release[]>;
  /** Of all that the entry ever released, each once. */
  contractIds(entry: string): Promise<readonly string[]>;
  /** Versions of the schemas at every path of these families (`schemaPlace`), in the order of their recording. */
  schemaVersions(entry: string, families: readonly string[]): Promise<readonly SchemaVersion[]>;
  recordState(entry: string): Promise<RecordAnswer>;
}

/** Whose hand is in the change that is judged, what was said about it, and who belongs where now. What can not be told throws. */
export interface People {
  contributors(): Promise<Contributors>;
  /** What was said and not taken back, of every pull request that the change stands for. */
  votes(): Promise<readonly Vote[]>;
  /** Asked together, answered in order. Trouble with one group is its answer: the others are told all the same. */
  memberships(asked: readonly Membership[]): Promise<readonly Answer<'membership'>[]>;
}

/** Asks the sources of behaviours in the name of one repository: what it may reach, and with which secrets, is its business. */
export interface BehaviorReader {
  /** Whatever a source does is an answer. A kind that nothing here can ask MUST give no signal. Asked again, it MUST ask anew. */
  read(question: BehaviorQuestion): Promise<SourceReading>;
}

/** What scans of one repository found last. */
export interface DriftStates {
  /** By the name of the behaviour; one that was not scanned yet is left out. */
  driftStates(behaviors: readonly string[]): Promise<ReadonlyMap<string, DriftState>>;
}

/** What became of the changes of agents in one repository. */
export interface AgentLabels {
  /** Of each login, in order; logins are one in whatever case. */
  labelsOf(agents: readonly string[]): Promise<readonly CalibrationLabels[]>;
}

/** What agents have used up, as far as it concerns one repository. */
export interface UsageCounters {
  usageIn(request: RequestOf<'usage-window'>): Promise<UsageAnswer>;
}

/** Answers what gates ask. Trouble becomes an `unavailable` answer; it MUST answer every request and MUST NOT throw for one. */
export interface Prober {
  answer(requests: readonly ProbeRequest[], evidence: Evidence): Promise<Evidence>;
}
