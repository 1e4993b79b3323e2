import { failureOf } from '../domain/failure.ts';
import { readCalibrations } from './calibration/read-calibrations.ts';
import { detachConfiguration } from './detach-configuration.ts';
import { readLogStatuses } from './log-status.ts';
import type { Operations } from './operations.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/store.ts';
import { eraseOnRequest } from './retention/erase-on-request.ts';
import { holdEntries, releaseHold } from './retention/hold-entries.ts';
import { resumeAudit } from './resume-audit.ts';
import { sealElsewhere } from './seal-elsewhere.ts';
import type { AccountSealing, CheckpointSealer } from './seal-checkpoint.ts';
import { exportUsage } from './usage/export-usage.ts';
import { readUsage } from './usage/read-usage.ts';

export interface OperationParts {
  readonly store: Pick<Store, 'transaction' | 'audit' | 'auditIndex' | 'auditWatch' | 'search' | 'ping'>;
  readonly clock: Clock;
  readonly publicKeys: readonly Uint8Array[];
  readonly engine: string;
  /** The server's; null where none runs. */
  readonly sealer: CheckpointSealer | null;
  /** Whether servers may have the store open at the same time. */
  readonly isShared?: boolean;
}

/** The operations of whoever has the store open. */
export function storeOperations({ store, clock, publicKeys, engine, sealer, isShared = false }: OperationParts): Operations {
  const sealByServer: Operations['sealByServer'] = async (account) => (sealer !== null ? await sealWhole(sealer, account) : isShared ? [await sealElsewhere(store, account)] : []);
  return {
    audit: store.audit,
    index: store.auditIndex,
    publicKeys,
    engine,
    statuses: () => readLogStatuses(store),
    calibrations: (asked) => readCalibrations({ store, clock }, asked),
    usage: (asked) => readUsage({ store, clock }, asked),
    exportUsage: (asked) => exportUsage(store, asked),
    ping: () => store.ping(),
    seal: async (account) => (sealer === null ? [] : await sealWhole(sealer, account)),
    sealByServer,
    resume: (request) => resumeAudit({ store, publicKeys }, request),
    detach: (request) => detachConfiguration(store, request),
    async erase(request) {
      // What could not be sealed stays, and is told: what was sealed before need not wait for it.
      await sealByServer(request.account);
      return await eraseOnRequest({ store, clock }, request);
    },
    hold: (request) => holdEntries({ store, clock }, request),
    releaseHold: (request) => releaseHold({ store }, request),
  };
}

async function sealWhole(sealer: CheckpointSealer, account: number | null): Promise<readonly AccountSealing[]> {
  if (account === null) return await sealer.sealAll({ force: true });
  try {
    return [{ account, kind: 'done', sealing: await sealer.seal(account, { force: true }) }];
  } catch (thrown) {
    return [{ account, kind: 'failed', failure: failureOf(thrown, 'STORE_UNAVAILABLE') }];
  }
}
