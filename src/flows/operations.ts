import type { Calibrations } from '../domain/calibration/calibration-report.ts';
import type { CalibrationsToRead } from './calibration/read-calibrations.ts';
import type { DetachRequest } from './detach-configuration.ts';
import type { LogStatus } from './log-status.ts';
import type { AuditIndex } from './ports/audit-index.ts';
import type { AuditReader } from './ports/audit-log.ts';
import type { Erasure, ErasureRequest } from './retention/erase-on-request.ts';
import type { HoldRequest, ReleaseRequest } from './retention/hold-entries.ts';
import type { LegalHold } from './ports/retention-store.ts';
import type { Resumption, ResumeRequest } from './resume-audit.ts';
import type { AccountSealing } from './seal-checkpoint.ts';
import type { UsageExport } from './usage/export-usage.ts';
import type { OverviewAsked, UsageReading } from './usage/read-usage.ts';
import type { UsageRowsAsked } from './usage/usage-asked.ts';

/** What an operator's command may do to a store: itself where nobody has it open, else through the server that has. */
export interface Operations {
  readonly audit: AuditReader;
  readonly index: AuditIndex;
  /** Raw public keys that may have signed the logs. */
  readonly publicKeys: readonly Uint8Array[];
  /** Version of the program that has the store open. */
  readonly engine: string;
  /** How the logs stand, without verifying them. */
  statuses(): Promise<readonly LogStatus[]>;
  /** How the confidence that agents report fits what became of their changes. Null: the account has no such repository. */
  calibrations(asked: CalibrationsToRead): Promise<Calibrations | null>;
  /** What agents used, and how far their quotas are used up. */
  usage(asked: OverviewAsked): Promise<UsageReading>;
  /** What was charged, as FOCUS rows. */
  exportUsage(asked: UsageRowsAsked): Promise<UsageExport>;
  /** Whether the store answers. */
  ping(): Promise<void>;
  /**
   * Covers all that stands in the log of an account (null: of every one), where a server runs. Without one nothing
   * happens and the answer is empty: a command that reads does not write.
   */
  seal(account: number | null): Promise<readonly AccountSealing[]>;
  /** As `seal`; where servers share the store they are asked to, and waited for: what has to be covered would else not be. */
  sealByServer(account: number): Promise<readonly AccountSealing[]>;
  resume(request: ResumeRequest): Promise<Resumption>;
  /** Whether anything was there to detach. */
  detach(request: DetachRequest): Promise<boolean>;
  erase(request: ErasureRequest): Promise<Erasure>;
  hold(request: HoldRequest): Promise<LegalHold>;
  /** The hold that ended. */
  releaseHold(request: ReleaseRequest): Promise<LegalHold>;
}
