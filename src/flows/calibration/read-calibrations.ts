import { calibrationReport } from '../../domain/calibration/calibration-report.ts';
import type { CalibrationOfAgent, Calibrations } from '../../domain/calibration/calibration-report.ts';
import { isSameLogin } from '../../domain/people/contributor.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { findRepository } from '../find-repository.ts';
import type { Clock } from '../ports/clock.ts';
import type { RepositoryNamed } from '../ports/store-search.ts';
import type { Store } from '../ports/store.ts';
import { keptLabels } from './kept-labels.ts';

export interface CalibrationsToRead {
  readonly account: number;
  readonly repository: RepositoryNamed;
  /** Login; null: all agents. */
  readonly agent: string | null;
}

/** Agents of which more is not told at once. */
const mostAgents = 50;

/** How the confidence of agents in a repository fits what became of their changes. Null: the account has no such repository here. */
export async function readCalibrations({ store, clock }: { readonly store: Pick<Store, 'search' | 'transaction'>; readonly clock: Clock }, { account, repository: named, agent }: CalibrationsToRead): Promise<Calibrations | null> {
  const repository = await findRepository(store, account, named);
  if (repository === null) return null;
  const now = clock.now();
  const agents = await store.transaction(async (transaction) => {
    const asked = (await transaction.agentsOfRepository(account, repository.id)).filter((one) => agent === null || isSameLogin(one, agent));
    const told = asked.slice(0, mostAgents);
    const labels = await keptLabels(transaction, repository.id, told, now);
    return labels.map((known, index): CalibrationOfAgent => ({ agent: told[index] ?? '', ...calibrationReport(known) }));
  });
  return { repository: { id: repository.id, name: fullNameOf(repository) }, agents };
}
