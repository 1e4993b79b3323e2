import { openSnapshot } from '../audit/open-snapshot.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import type { Digest } from '../domain/digest.ts';
import { partsOfRoot, readInputRoot } from '../domain/judged-input/read-input-root.ts';

/** The parts that the root of what was judged names; none where it can not be read. */
export function partsOfInput(snapshot: Snapshot): readonly Digest[] {
  const opened = openSnapshot(snapshot);
  const reading = opened.kind === 'content' ? readInputRoot(opened.content) : null;
  return reading?.kind === 'root' ? partsOfRoot(reading.root) : [];
}
