import type { KeptIntent, OtherReservations, RemediationPullRecord, Suppression } from '../../domain/remediation/remediation-record.ts';
import type { PendingCommit } from '../../domain/remediation/remediation-state.ts';
import type { ReadableRun } from './remediation-run.ts';

/** What our own record says of one remediation. */
export interface Records {
  readonly steps: number;
  readonly intents: readonly KeptIntent[];
  readonly pending: readonly PendingCommit[];
  readonly pulls: readonly RemediationPullRecord[];
  readonly suppressions: readonly Suppression[];
  readonly unsuppressedAt: string | null;
  readonly openedByHour: number;
  readonly reserved: OtherReservations;
}

const hour = 3_600_000;

/** All of it, as it stood at one instant. */
export function readRecords({ ports, record, key }: Pick<ReadableRun, 'ports' | 'record' | 'key'>): Promise<Records> {
  const now = ports.clock.now().getTime();
  return ports.store.transaction(async (transaction) => ({
    steps: await transaction.stepsOf(key),
    intents: await transaction.intents(key),
    pending: await transaction.pendingCommits(key),
    pulls: await transaction.remediationPulls(key),
    suppressions: await transaction.suppressions(key),
    unsuppressedAt: await transaction.unsuppressedAt(key),
    openedByHour: await transaction.remediationPullsSince(record.repository.account.id, new Date(now - hour)),
    reserved: await transaction.reservationsOfOthers(record.repository.id, record.behavior),
  }));
}
