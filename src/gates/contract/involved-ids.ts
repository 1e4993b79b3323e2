import type { Evidence } from '../../domain/evidence.ts';
import { idOf } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';

/**
 * The contract ids that take part in a change: at B, in R, and those once released at a path of it, because somebody may
 * have deleted or overwritten what was released there.
 */
export function involvedIds(changed: readonly JudgedContract[], entry: string, evidence: Evidence): readonly string[] {
  const ids = new Set<string>();
  for (const file of changed) {
    for (const id of [idOf(file.atBase), idOf(file.inResult)]) if (id !== null) ids.add(id);
    const recorded = evidence.find({ kind: 'paths', entry, path: file.path });
    if (recorded?.kind === 'answered') for (const release of recorded.value) ids.add(release.contractId);
  }
  return [...ids].toSorted();
}
