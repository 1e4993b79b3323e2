import { calibrationReport } from '../../domain/calibration/calibration-report.ts';
import type { CalibrationReport } from '../../domain/calibration/calibration-report.ts';
import { isSameLogin } from '../../domain/people/contributor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { keptLabels } from './kept-labels.ts';

export interface CalibrationOfAgent extends CalibrationReport {
  readonly agent: string;
}

export interface CalibrationsToRead {
  readonly account: number;
  readonly repositoryId: number;
  /** Login; null: all agents. */
  readonly agent: string | null;
}

/** Agents of which more is not told at once. */
const mostAgents = 100;

/** How the confidence of agents in a repository of an account fits what became of their changes. What is of another account is not told. */
export async function readCalibrations({ store, clock }: { readonly store: Pick<Store, 'transaction'>; readonly clock: Clock }, { account, repositoryId, agent }: CalibrationsToRead): Promise<readonly CalibrationOfAgent[]> {
  const now = clock.now();
  return await store.transaction(async (transaction) => {
    const agents = (await transaction.agentsOfRepository(account, repositoryId)).filter((one) => agent === null || isSameLogin(one, agent));
    const reports: CalibrationOfAgent[] = [];
    for (const one of agents.slice(0, mostAgents)) reports.push({ agent: one, ...calibrationReport(await keptLabels(transaction, repositoryId, one, now)) });
    return reports;
  });
}
