import { failureOf } from '../domain/failure.ts';
import type { AuditLog } from '../flows/ports/audit-log.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { Log } from '../flows/ports/log.ts';
import { sealSchedule } from '../flows/schedule-names.ts';
import type { AccountSealing, CheckpointSealer } from '../flows/seal-checkpoint.ts';
import type { Schedule } from './schedules.ts';

export interface SealSchedulePorts {
  readonly sealer: CheckpointSealer;
  readonly audit: Pick<AuditLog, 'accounts' | 'size'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMs: number;
  /** Sooner, where a log grew by so many. */
  readonly everyEntries: number;
}

const lookEveryMs = 10_000;

/** Seals every log once in its time, and one that grew by so many entries at the next look. */
export function createSealSchedule(ports: SealSchedulePorts): Schedule {
  const sealedSizes = new Map<number, number>();
  let lastSealed = Number.NEGATIVE_INFINITY;
  return {
    name: sealSchedule,
    everyMs: Math.min(lookEveryMs, ports.everyMs),
    run: async () => {
      const now = ports.clock.now().getTime();
      // Before the last time: the clock was set back, and nobody can tell how long ago that was.
      if (now >= lastSealed && now - lastSealed < ports.everyMs) return sealGrown(ports, sealedSizes);
      for (const sealing of await ports.sealer.sealAll()) note(ports.log, sealedSizes, sealing);
      lastSealed = now;
    },
  };
}

async function sealGrown(ports: SealSchedulePorts, sealedSizes: Map<number, number>): Promise<void> {
  for (const account of await ports.audit.accounts()) {
    const size = await ports.audit.size(account);
    if (size - (sealedSizes.get(account) ?? 0) >= ports.everyEntries) await sealOne(ports, sealedSizes, { account, size });
  }
}

/** Trouble with one log, such as a block, does not end the look for the others. It is told once a minute, not at every look. */
async function sealOne({ sealer, log }: SealSchedulePorts, sealedSizes: Map<number, number>, { account, size }: { readonly account: number; readonly size: number }): Promise<void> {
  try {
    note(log, sealedSizes, { account, kind: 'done', sealing: await sealer.seal(account) });
  } catch (thrown) {
    sealedSizes.set(account, size);
    note(log, sealedSizes, { account, kind: 'failed', failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
  }
}

/** A log that can not be sealed is an alarm: it may have been changed. */
function note(log: Log, sealedSizes: Map<number, number>, sealing: AccountSealing): void {
  if (sealing.kind === 'done') sealedSizes.set(sealing.account, sealing.sealing.size);
  else log.error('audit log not sealed', { account: sealing.account, failure: sealing.failure });
}
