import type { DriftRun } from '../../domain/drift/drift-record.ts';
import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { DriftReach } from '../../domain/scan/blast-radius.ts';
import type { Scan, ScanOutcome, ScanPlan, SettledOutcome, UnsettledOutcome } from '../../domain/scan/scan.ts';

/** What a store keeps of scans, within its transactions. */
export interface ScanStore {
  saveScanPlan(plan: ScanPlan): Promise<void>;
  scanPlan(repositoryId: number): Promise<ScanPlan | null>;
  /** As `scanPlan`, for whoever saves it: who else asks so MUST wait until the end of this transaction. */
  holdScanPlan(repositoryId: number): Promise<ScanPlan | null>;
  /** Those whose time has come, the oldest first. */
  dueScanPlans(now: Date, limit: number): Promise<readonly ScanPlan[]>;
  scanPlansOf(accountId: number): Promise<readonly ScanPlan[]>;
  /** Ids of the accounts that have some. */
  plannedAccounts(): Promise<readonly number[]>;
  /** A repository that is gone, with all that was found in it. */
  forgetScanPlan(repositoryId: number): Promise<void>;

  /** Keeps a scan with the repositories that it waits for. */
  beginScan(scan: Scan, repositoryIds: readonly number[]): Promise<void>;
  scan(id: string): Promise<Scan | null>;
  /** Ids of the open scans that wait for a repository to be measured. */
  scansWaitingFor(repositoryId: number): Promise<readonly string[]>;
  /** A repository was measured for these scans: those that waited for it are `confirming`. */
  noteMeasured(repositoryId: number, scans: readonly string[]): Promise<void>;
  /** A repository is done, in each open scan that is at this with it. @returns These scans, with how many they still wait for. Settling again changes nothing. */
  settleRepository(repositoryId: number, from: UnsettledOutcome, outcome: SettledOutcome): Promise<readonly { readonly id: string; readonly left: number }[]>;
  scanOutcomes(id: string): Promise<ReadonlyMap<number, ScanOutcome>>;
  /** @returns Whether it was not concluded before: who is told so MUST do nothing in its name. */
  concludeScan(id: string, at: Date): Promise<boolean>;
  /** Begun before the instant and not concluded. */
  openScans(before: Date): Promise<readonly Scan[]>;

  saveDrift(accountId: number, drift: KeptDrift): Promise<void>;
  /** As `driftsOf`, for whoever saves them: who else asks so MUST wait until the end of this transaction, since a measurement is added to what is known. */
  holdDrifts(repositoryId: number): Promise<readonly KeptDrift[]>;
  /** By the name of the behaviour. */
  driftsOf(repositoryId: number): Promise<readonly KeptDrift[]>;
  /** What an account's drifts ask for together, without reading them. */
  driftReach(accountId: number): Promise<DriftReach>;
  /** That the remediation of the drift that was confirmed at this instant was looked at; null: what may be opened for it is held back. A drift that was confirmed since still counts. */
  noteDriftLook(repositoryId: number, behavior: string, since: string | null): Promise<void>;
  /** Of an account, by repository and name, those of which something is to be told; of the others only how many they are, without reading them. */
  driftsOfAccount(accountId: number): Promise<{ readonly told: readonly KeptDrift[]; readonly quiet: number }>;
  /** Forgets behaviours of a repository that are not among these. */
  keepDriftsOf(repositoryId: number, behaviors: readonly string[]): Promise<void>;
  /** Keeps, for good, how long a drift took to mend. */
  recordDriftRun(accountId: number, run: DriftRun): Promise<void>;
  /** The newest of an account, the newest first. */
  driftRuns(accountId: number, limit: number): Promise<readonly DriftRun[]>;
}
