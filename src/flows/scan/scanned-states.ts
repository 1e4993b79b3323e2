import type { DriftState } from '../../domain/behavior/drift-state.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { DriftStates } from '../ports/prober.ts';
import type { Store } from '../ports/store.ts';

/** What scans found last of the behaviours of a repository. */
export function scannedStates(store: Pick<Store, 'transaction'>, { id }: RepositoryRef): DriftStates {
  return {
    async driftStates(behaviors) {
      const known = await store.transaction((transaction) => transaction.driftsOf(id));
      const asked = known.filter(({ record }) => behaviors.includes(record.behavior));
      return new Map(asked.map(({ record, scanned }): readonly [string, DriftState] => [record.behavior, { state: record.last, since: scanned.since, scannedAt: record.measuredAt, why: scanned.why }]));
    },
  };
}
