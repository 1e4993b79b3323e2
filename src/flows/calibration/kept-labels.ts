import type { CalibrationLabels } from '../../domain/calibration/calibration-labels.ts';
import { countLabels } from '../../domain/calibration/count-labels.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Cases that count, the newest: what was long ago says little about a model of today. All agents together give one share alone. */
const most = { ofAgent: 5_000, ofAll: 1_000 } as const;

/** What is known about agents in a repository, now; in order. */
export async function keptLabels(transaction: Pick<StoreTransaction, 'confidenceHistory'>, repositoryId: number, agents: readonly string[], now: Date): Promise<readonly CalibrationLabels[]> {
  const all = await transaction.confidenceHistory(repositoryId, null, most.ofAll);
  const labels: CalibrationLabels[] = [];
  for (const agent of agents) labels.push(countLabels({ own: await transaction.confidenceHistory(repositoryId, agent, most.ofAgent), all }, now));
  return labels;
}
