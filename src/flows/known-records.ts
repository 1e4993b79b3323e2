import type { RecordState } from '../domain/release.ts';
import { recordKey } from './record-key.ts';

/** A governed branch whose record was begun. Its entry's record is whole when those of all its known branches are. */
export interface KnownRecord {
  readonly key: string;
  readonly entry: string;
  readonly branch: string;
  readonly state: RecordState;
}

/** Whether it holds all that was seen of its branch: one that waits has seen more. */
export function isWhole(state: RecordState): boolean {
  return state.kind === 'complete' && state.waits === undefined;
}

/** Under which it stands whether the branches that are governed were looked up: `~` begins the name of no branch. */
export const lookedUpKey = recordKey('', '~branches');

/** Of all that a store has of a repository. The name of an entry holds no `@`; what belongs to none is no record of releases. */
export function knownRecords(states: readonly { readonly key: string; readonly state: RecordState }[]): readonly KnownRecord[] {
  return states.flatMap(({ key, state }) => {
    const end = key.indexOf('@');
    return end < 1 ? [] : [{ key, entry: key.slice(0, end), branch: key.slice(end + 1), state }];
  });
}
