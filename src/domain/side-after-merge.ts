import { isSameSide, sidesOf } from './snapshot-files.ts';
import type { Trees } from './snapshot-files.ts';
import type { FileSide } from './tree.ts';

/** What stands at a path of R: of the base, with what M…H changes as the head has it. */
export function sideAfterMerge({ mergeBase, base, head }: Trees): (path: string) => FileSide | null {
  const [before, onto, after] = [sidesOf(mergeBase), sidesOf(base), sidesOf(head)];
  return (path) => (isSameSide(before.get(path), after.get(path)) ? onto : after).get(path) ?? null;
}
