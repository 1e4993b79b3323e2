import type { Evidence } from '../evidence.ts';
import { quoted } from '../finding.ts';
import type { FileSide } from '../tree.ts';
import { behaviorAt } from './behavior-at.ts';
import type { BehaviorAt } from './behavior-at.ts';

/** The behaviours of one commit, whose blobs were asked for. Of two with one name none is known: which of them is meant would be a guess. */
export function behaviorsIn(files: readonly { readonly path: string; readonly side: FileSide }[], evidence: Evidence): readonly BehaviorAt[] {
  const read = files.map(({ path, side }) => behaviorAt(path, side, evidence));
  const named = Map.groupBy(read.flatMap((at) => (at.kind === 'behavior' ? [at] : [])), ({ behavior }) => behavior.name);
  return read.map((at) => {
    const twin = at.kind === 'behavior' ? named.get(at.behavior.name)?.find(({ path }) => path !== at.path) : undefined;
    return at.kind !== 'behavior' || twin === undefined ? at : { kind: 'invalid', path: at.path, why: `${quoted(twin.path)} has the name ${quoted(at.behavior.name)} too`, place: at.document.positionOf('/name') };
  });
}
