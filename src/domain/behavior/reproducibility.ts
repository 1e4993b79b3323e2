import { member } from '../configuration/member.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';

/** What made samples. Null: not stated. */
export interface Reproducibility {
  readonly generator: string | null;
  readonly version: string | null;
  readonly seed: number | null;
  readonly iterations: number | null;
}

/** What an object states of what made it; null of anything else, and of an object that states nothing. */
export function reproducibilityOf(value: JsonValue | undefined): Reproducibility | null {
  if (!isJsonObject(value)) return null;
  const stated = { generator: member.text(value, 'generator'), version: member.text(value, 'version'), seed: member.number(value, 'seed'), iterations: member.number(value, 'iterations') };
  return Object.values(stated).every((one) => one === null) ? null : stated;
}
