import type { Opening } from './entry.ts';
import { readFacts } from './entry-facts.ts';
import type { SignedKeyStatement } from './key-statement.ts';
import type { EntryItem } from './log-source.ts';
import { openedStatement } from './opened-statement.ts';

/** An entry `key.rotated`. */
export interface LoggedStatement {
  /** Sequence of the entry. */
  readonly at: number;
  /** Null: erased, or in a form that this release does not know. */
  readonly signed: SignedKeyStatement | null;
  /** What it was read from. */
  readonly opening: Opening | null;
}

/**
 * The statement about a key that an entry holds; null for an entry about something else. Its signature is not checked: see `KeyHistory`.
 * Nor is the opening, by which the entry is not changed.
 */
export function loggedStatement({ leaf, sequence, openings }: EntryItem): LoggedStatement | null {
  if (!leaf.includes('"event":"key.rotated"')) return null;
  const reading = readFacts(leaf);
  if (reading.kind !== 'entry' || reading.entry.event !== 'key.rotated') return null;
  const { payload } = reading.entry;
  const opening = openings.find(({ digest }) => digest === payload?.digest) ?? null;
  return { at: sequence, signed: openedStatement(reading.entry, openings), opening };
}
