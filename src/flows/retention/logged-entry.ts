import { readEntry } from '../../audit/read-entry.ts';
import type { ReadEntry } from '../../audit/read-entry.ts';
import type { StoredEntry } from '../ports/audit-log.ts';

/** The entry in a leaf; null for one that can not be read, which is left alone. */
export function loggedEntry({ leaf }: StoredEntry): ReadEntry | null {
  const reading = readEntry(new TextDecoder().decode(leaf));
  return reading.kind === 'entry' ? reading.entry : null;
}
