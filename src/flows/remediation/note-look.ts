import { fingerprintOf } from '../../domain/remediation/fingerprint.ts';
import type { NextStep } from '../../domain/remediation/step.ts';
import type { ReadState } from './read-remediation-state.ts';
import type { RemediationRun } from './remediation-run.ts';

/** That somebody looked what to do about the drift that stands: from then on it does not count among those that a scan would open, unless only a hold keeps it from being opened. */
export async function noteLook({ ports, record }: Pick<RemediationRun, 'ports' | 'record'>, { drift }: Pick<ReadState, 'drift'>, next: NextStep): Promise<void> {
  const seen = drift?.seen;
  if (seen?.kind !== 'drift' || fingerprintOf(seen.identity) !== record.fingerprint || seen.confirmations < 2) return;
  const since = seen.told.record.drifting?.since ?? null;
  await ports.store.transaction((transaction) => transaction.noteDriftLook(record.repository.id, record.behavior, isHeld(next) ? null : since));
}

function isHeld({ row, reason }: NextStep): boolean {
  return row === 16 && (reason === 'pause' || reason === 'limit' || reason === 'blast_radius');
}
