import type { Digest } from '../../domain/digest.ts';
import type { KeptIntent, LastSaid, OtherReservations, PathReservation, PlannedPaths, RemediationKey, RemediationPullRecord, RemediationRecord, SaidRemediation, Suppression } from '../../domain/remediation/remediation-record.ts';
import type { PendingCommit } from '../../domain/remediation/remediation-state.ts';
import type { Sha } from '../../domain/tree.ts';

/** What a store keeps of remediations, within its transactions. */
export interface RemediationStore {
  /** Keeps that a drift was looked at; one that is kept stays as it was first seen. */
  beginRemediation(record: RemediationRecord): Promise<void>;
  /** Of a behaviour, in the order of their beginning. */
  remediationsOf(repositoryId: number, behavior: string): Promise<readonly SaidRemediation[]>;
  /** Behaviours of these repositories with a remediation that was not at rest when it was last looked at, each once. */
  restlessBehaviors(repositoryIds: readonly number[]): Promise<readonly { readonly repositoryId: number; readonly behavior: string }[]>;
  /** Steps that were counted; 0 for a remediation that is not kept. */
  stepsOf(key: RemediationKey): Promise<number>;
  /** Counts that a step was begun or settled, or that others did something to it, and forgets what was last said: what is there may be another from now on. */
  countStep(key: RemediationKey): Promise<void>;
  /**
   * Keeps what is said after a look that began when so many steps had been counted. Where more were counted since then nothing is kept.
   * @returns Whether it is news: kept, and not what was last said.
   */
  sayOfRemediation(key: RemediationKey, said: LastSaid, steps: number): Promise<boolean>;

  /**
   * Reserves the paths that a remediation is about to have open, in place of what it had reserved, for the behaviour of it alone: one after the other within a
   * repository, so that whoever comes later sees it. False, and nothing kept, where another behaviour has reserved one of `newly`, or did after `since`.
   */
  reservePaths(key: RemediationKey, reservation: PathReservation): Promise<boolean>;
  /** What other behaviours of the repository have reserved; `newest` counts what was reserved, by whomever. */
  reservationsOfOthers(repositoryId: number, behavior: string): Promise<OtherReservations>;
  /** That nothing is on its way to GitHub any more: what is open there is seen there. Nothing is changed where other than so many steps were counted by now. */
  endReservation(key: RemediationKey, steps: number): Promise<void>;
  /** Keeps that a generation is meant to be created; one that is kept stays. */
  intend(key: RemediationKey, intent: KeptIntent): Promise<void>;
  /** Sets the commit of an intent and what it holds, once. @returns The intent as it stands: another commit where one was set before. */
  setIntentHead(key: RemediationKey, intent: KeptIntent & { readonly head: Sha }): Promise<KeptIntent & { readonly head: Sha }>;
  /** By generation. */
  intents(key: RemediationKey): Promise<readonly KeptIntent[]>;
  /** Keeps, for good, a commit that is about to be appended. */
  writeAhead(key: RemediationKey, commit: PendingCommit): Promise<void>;
  pendingCommits(key: RemediationKey): Promise<readonly PendingCommit[]>;
  /** Keeps which paths a plan writes. A digest stands for one plan: what is kept stays. */
  keepPlannedPaths(repositoryId: number, planned: PlannedPaths): Promise<void>;
  /** Null when the plan is not known. */
  plannedPaths(repositoryId: number, plan: Digest): Promise<readonly string[] | null>;

  /** Changes what is recorded of a pull request; what is not named stays as it is. */
  recordRemediationPull(key: RemediationKey, number: number, changes: Partial<Omit<RemediationPullRecord, 'number'>>): Promise<void>;
  /** The remediation that a pull request of this number is on record for; null when it is none of ours. */
  remediationOfPull(repositoryId: number, number: number): Promise<RemediationRecord | null>;
  /** The remediation whose fingerprint begins so, as a branch of ours names it; null when none was begun. */
  remediationNamed(repositoryId: number, prefix: string): Promise<RemediationRecord | null>;
  /** By number. */
  remediationPulls(key: RemediationKey): Promise<readonly RemediationPullRecord[]>;
  /** How many of an account's pull requests our record learned of after the instant. */
  remediationPullsSince(accountId: number, since: Date): Promise<number>;

  /** Keeps a close as a decision. Keeping it again changes nothing. */
  suppress(key: RemediationKey, suppression: Suppression): Promise<void>;
  suppressions(key: RemediationKey): Promise<readonly Suppression[]>;
  /** Takes back the decisions about closes that came before the instant. */
  unsuppress(key: RemediationKey, at: string): Promise<void>;
  unsuppressedAt(key: RemediationKey): Promise<string | null>;
}
