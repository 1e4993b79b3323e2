import type { Name } from './name.ts';

/** What could not be told about people, and why. */
export interface Untold {
  readonly why: string;
  /** The team that GitHub does not show: the configuration has to name another one. Null: trouble, which passes. */
  readonly unseen: Name | null;
}

export function eachOnce(untold: readonly Untold[]): readonly Untold[] {
  return [...new Map(untold.map((one) => [one.why, one])).values()];
}
