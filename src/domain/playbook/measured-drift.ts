import type { FindingCode } from '../finding-code.ts';
import type { JsonValue } from '../json-value.ts';

/** What drifted, as a measurement or a finding tells it. Its text is hostile: what a source answers. */
export interface MeasuredDrift {
  /** The finding that tells it; null: a measurement does. */
  readonly code: FindingCode | null;
  /** The class of what was seen, a word such as `file/changed`: never a value. */
  readonly observed: string;
  /** What drifted as a whole: a path, or the name of a behaviour. */
  readonly target: string;
  /** Who answers for it: `user:`, `team:` or `app:` and a name; null: nobody is named. */
  readonly owner: string | null;
  /** At least one. */
  readonly differences: readonly Difference[];
}

/** One thing that is not as agreed. */
export interface Difference {
  /** In the repository; null of what is no file. */
  readonly path: string | null;
  /** What the file should be: a path, or `org:` and one in the organisation's repository. */
  readonly template: string | null;
  /** A metric, a setting, a package; null: the path says it. */
  readonly name: string | null;
  /** What was agreed, and what was measured; null: not told. */
  readonly expected: JsonValue;
  readonly found: JsonValue;
}

/** Each path that drifted, once. */
export function driftedPaths({ differences }: MeasuredDrift): readonly string[] {
  return [...new Set(differences.flatMap(({ path }) => path ?? []))];
}
