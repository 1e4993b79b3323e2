import { strictestClass } from './change-class.ts';
import type { ChangeClass } from './change-class.ts';
import type { ContentChange } from './content-changes.ts';

export interface VersionToChoose {
  /** What differs from the version before, classed by the schemas. */
  readonly changes: readonly ContentChange[];
  /** Whether a schema says what a change means. */
  readonly hasSchema: boolean;
  /** Whether the author chose: a greater version stands in the document, or a level was asked for. */
  readonly isChosen: boolean;
}

/**
 * The class that a new version has to answer for, for whoever mends it: the button and `contract bump` alike. Without a
 * schema any greater version is the author's to choose; one that is chosen for them is chosen for a breaking change.
 */
export function classToAnswer({ changes, hasSchema, isChosen }: VersionToChoose): ChangeClass {
  if (!hasSchema && isChosen) return 'cosmetic';
  return strictestClass(changes.map((one) => one.class)) ?? 'cosmetic';
}
