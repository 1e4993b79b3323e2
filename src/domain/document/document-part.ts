/** How a value is written. `nothing`: null that is left out, as after a YAML key alone. */
export type PartStyle = 'plain' | 'single' | 'double' | 'block-scalar' | 'flow' | 'block' | 'nothing';

/** A value of a document and where its text stands, as UTF-16 indices. */
export interface DocumentPart {
  readonly style: PartStyle;
  readonly start: number;
  /** Behind the last character of the value; behind the line end of a block scalar. */
  readonly end: number;
  /** Null for what is no object. */
  readonly members: readonly DocumentMember[] | null;
}

export interface DocumentMember {
  readonly name: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Behind the colon; null where there is none, as in `{a}`. */
  readonly colonEnd: number | null;
  readonly value: DocumentPart;
}

/** Behind the last character of a member. */
export function memberEnd({ value, colonEnd, keyEnd }: DocumentMember): number {
  return value.style === 'nothing' ? (colonEnd ?? keyEnd) : value.end;
}
