import type { JsonValue } from '../json-value.ts';
import type { Position } from '../position.ts';

/** A strictly read document: its value and where each part of it stands. */
export interface Document {
  readonly value: JsonValue;
  /**
   * Where the value at a JSON pointer (RFC 6901) starts; for an object member, where its key starts.
   * A pointer to something that is not there gives the nearest part above it.
   */
  positionOf(pointer: string): Position;
}

export type DocumentFormat = 'json' | 'yaml';

/** Why a document could not be read. Each becomes a finding; none is ever an empty document. */
export interface ReadingProblem {
  /** `encoding`: not UTF-8, BOM, NUL. `too_large`: size, depth or nodes. `lfs_pointer`: the content is elsewhere. */
  readonly reason: 'encoding' | 'too_large' | 'lfs_pointer' | 'unparsable';
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  readonly position: Position;
}

export type Reading =
  | { readonly kind: 'document'; readonly document: Document }
  | { readonly kind: 'problem'; readonly problem: ReadingProblem };
