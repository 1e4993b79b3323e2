import type { JsonValue } from '../json-value.ts';
import type { Sha } from '../tree.ts';
import type { BehaviorSource } from './behavior-source.ts';

/** What is asked of the source of a behaviour. All of it is of the base: nothing that a change edits chooses what is asked. */
export interface BehaviorQuestion {
  /** The behaviour's. */
  readonly name: string;
  readonly source: BehaviorSource;
  /** Files that the source names, in the order of their names, as the base has them. */
  readonly documents: readonly SourceDocument[];
  readonly base: Sha;
  /** The head of the change that the evidence has to be bound to; null: of the system as it is now. */
  readonly head: Sha | null;
}

export interface SourceDocument {
  readonly path: string;
  readonly blob: Sha;
  readonly value: JsonValue;
}
