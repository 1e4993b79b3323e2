import type { FindingCode } from './finding-code.ts';
import type { JsonValue } from './json-value.ts';
import type { Sha } from './tree.ts';

/** A member of a document and what it becomes. */
export interface MendEdit {
  /** JSON pointer. */
  readonly pointer: string;
  readonly value: JsonValue;
}

/** What makes one file of the change right where that is mechanical: nobody has to decide anything. */
export interface Mend {
  readonly path: string;
  /** The file at the head that the edits are for. */
  readonly blob: Sha;
  readonly edits: readonly MendEdit[];
  /** The findings that end with it. */
  readonly codes: readonly FindingCode[];
}

/** Identifier of the button that asks for the mends of a decision. */
export const mendIdentifier = 'mend';
