import { changeDigestOf } from '../../../domain/agent-evidence/change-digest-of.ts';
import { compareText } from '../../../domain/compare-text.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import { isSameLogin } from '../../../domain/people/contributor.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { claimedUsage } from '../../../domain/usage/claimed-usage.ts';
import type { ModelUsage } from '../../../domain/usage/model-usage.ts';
import { groundingWorld } from '../grounding-world.ts';
import type { GroundingWorld } from '../grounding-world.ts';

/** What the evidence of a change says that was used up for it. */
export interface StatedUsageOfChange {
  /** Login. */
  readonly agent: string;
  readonly changeDigest: Digest;
  readonly usageDigest: Digest;
  readonly usage: readonly ModelUsage[];
}

/** Of a pull request, that it may be charged; null: its evidence states none that counts. */
export function statedUsageOf(snapshot: Snapshot, evidence: Evidence): StatedUsageOfChange | null {
  const world = groundingWorld(snapshot, evidence);
  return world === null ? null : statedUsage(world);
}

/**
 * Whoever may not push to the repository could use up what others share by a number in a file: evidence of a change from elsewhere is not counted.
 */
export function statedUsage(world: GroundingWorld): StatedUsageOfChange | null {
  const { snapshot, documents } = world.change;
  const claimed = documents.flatMap((document) => document.usage);
  const agent = chargedAgent(world);
  if (claimed.length === 0 || agent === null || snapshot.change.fork) return null;
  return { agent, changeDigest: changeDigestOf(snapshot, world.settings.evidence), usageDigest: digestOfValue(claimed.map(({ attributes, cost }) => [attributes, cost === null ? null : { ...cost }])), usage: claimed.map(claimedUsage) };
}

/** Who is charged: the author where that is an agent, else the first of the agents; where none is known, the author, who sent evidence. Null: it is not known whose hands are in it. */
export function chargedAgent({ hands, change }: Pick<GroundingWorld, 'hands' | 'change'>): string | null {
  if (hands.kind === 'unknown') return null;
  const { author } = change.snapshot.change;
  const { agents } = hands.hands;
  return agents.find((login) => isSameLogin(login, author)) ?? agents.toSorted(compareText)[0] ?? author;
}
