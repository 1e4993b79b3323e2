import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { opens } from './entry.ts';
import type { Opening } from './entry.ts';
import { readEntry } from './read-entry.ts';
import type { ReadEntry } from './read-entry.ts';
import { inputOfLinks } from './snapshot-link.ts';
import type { EntryItem } from './log-source.ts';

/** What the log says of one decision, to be compared with what its input gives. */
export interface DecisionClaim extends Pick<ReadEntry, 'sequence' | 'subject' | 'outcome' | 'after' | 'policyDigest' | 'inputDigest'> {
  readonly repository: string | null;
  /** Of the canonical decision record; null where it was erased. */
  readonly payload: Digest | null;
  /** What was judged; null where an older version decided, which did not keep it. */
  readonly input: ReturnType<typeof inputOfLinks>;
  /** The judged commit, as the entry links it. */
  readonly head: string | null;
}

/** Null for an entry of anything else. */
export function decisionClaim({ leaf, openings }: EntryItem): DecisionClaim | null {
  // Reading an entry costs more than looking.
  if (!leaf.includes('"event":"decision.made"')) return null;
  const reading = readEntry(leaf);
  if (reading.kind !== 'entry' || reading.entry.event !== 'decision.made') return null;
  const { sequence, subject, outcome, after, policyDigest, inputDigest, links, repository } = reading.entry;
  const commit = links.find((link) => link.startsWith(commitPrefix));
  return { sequence, subject, outcome, after, policyDigest, inputDigest, repository: repository?.name ?? null, payload: digestOfPayload(reading.entry, openings), input: inputOfLinks(links), head: commit?.slice(commitPrefix.length) ?? null };
}

function digestOfPayload({ payload }: ReadEntry, openings: readonly Opening[]): Digest | null {
  const opening = payload === null ? undefined : openings.find((one) => opens(payload, one));
  return opening === undefined ? null : digestOfBytes(opening.bytes);
}

const commitPrefix = 'commit:';
