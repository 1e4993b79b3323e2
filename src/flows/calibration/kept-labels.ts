import type { CalibrationLabels } from '../../domain/calibration/calibration-labels.ts';
import { countLabels } from '../../domain/calibration/count-labels.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Cases that count, of an agent and of all agents of its repository, the newest: what was long ago says little about a model of today. */
const most = 5_000;

/** What is known about an agent in a repository, now. */
export async function keptLabels(transaction: Pick<StoreTransaction, 'confidenceHistory'>, repositoryId: number, agent: string, now: Date): Promise<CalibrationLabels> {
  const own = await transaction.confidenceHistory(repositoryId, agent, most);
  const all = await transaction.confidenceHistory(repositoryId, null, most);
  return countLabels({ own, all }, now);
}
