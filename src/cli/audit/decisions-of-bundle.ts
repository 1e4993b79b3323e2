import { decisionClaim } from '../../audit/decision-claim.ts';
import { readBundle } from '../../audit/read-bundle.ts';
import type { DecisionsToReplay } from '../../flows/replay-decisions.ts';

/** What judging the decisions of a bundle again needs, out of the bundle alone; null for what is no bundle that can be read, as verifying it tells. */
export function decisionsOfBundle(file: Uint8Array): Pick<DecisionsToReplay, 'account' | 'decisions' | 'snapshots' | 'lacks'> | null {
  const reading = readBundle(file);
  if (reading.kind !== 'bundle') return null;
  const { account, entries, inputs } = reading.bundle;
  const kept = new Map((inputs ?? []).map((input) => [input.digest, input]));
  return {
    account,
    decisions: entries.flatMap((entry) => decisionClaim({ kind: 'entry', leafHash: null, ...entry }) ?? []),
    snapshots: async (digests) => await Promise.resolve(digests.flatMap((digest) => kept.get(digest) ?? [])),
    ...(inputs === null ? { lacks: 'the bundle is of the first form, which holds nothing of what was judged' } : {}),
  };
}
