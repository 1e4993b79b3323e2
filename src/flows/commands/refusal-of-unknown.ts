import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import type { CommandRun } from './command-run.ts';

/** Why a name is no behaviour of this repository, as scans and remediations know them; null: it is one. */
export async function refusalOfUnknown({ ports, repository }: CommandRun, behavior: string): Promise<CommandRefusal | null> {
  const { known, remediated } = await ports.store.transaction(async (transaction) => ({
    known: (await transaction.driftsOf(repository.id)).map(({ record }) => record.behavior),
    remediated: await transaction.remediationsOf(repository.id, behavior),
  }));
  if (known.includes(behavior) || remediated.length > 0) return null;
  return { kind: 'unknown_behavior', behavior, suggestion: nearestWord(behavior, known), known };
}
