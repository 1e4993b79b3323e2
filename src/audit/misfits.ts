/** Entries that do not have the form of their event. */
export interface Misfits {
  readonly count: number;
  /** Which is the first, and what does not fit; null where there is none. */
  readonly first: string | null;
}

export const noMisfits: Misfits = { count: 0, first: null };

/** Why such a log is not called verified: whoever wrote these, this release can not say what they mean. */
export function doubtsOfMisfits({ count, first }: Misfits): readonly string[] {
  return first === null ? [] : [`${count} entries do not have the form of their event, the first is ${first}. A later release wrote them, or something that is not Plumbline.`];
}
