import type { AuditLog } from './ports/audit-log.ts';
import type { AuditWatch } from './ports/audit-watch.ts';
import type { StoreTransaction } from './ports/store.ts';

/** The part of the store that sealing needs: reading logs, lifting a block, keeping a checkpoint, and appending an entry about what was done to one. */
export interface AuditStore {
  readonly audit: AuditLog;
  readonly auditWatch: Pick<AuditWatch, 'anchored' | 'selfAudit'>;
  transaction<Result>(work: (transaction: Pick<StoreTransaction, 'append' | 'unblock' | 'saveCheckpoint'>) => Promise<Result>): Promise<Result>;
}
