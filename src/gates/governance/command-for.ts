import type { Snapshot } from '../../domain/snapshot.ts';

/** The line that a person types to answer for an item of this head. */
export function commandFor(verb: 'approve' | 'unapprove', scope: string, { head }: Snapshot): string {
  return `/plumbline ${verb} ${scope} ${head.slice(0, 12)}`;
}
