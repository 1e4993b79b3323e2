import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';

/** All texts in a value. What aliases repeat is bounded by the reader. */
export function textsIn(value: JsonValue | undefined): readonly string[] {
  const found: string[] = [];
  collect(value, found);
  return found;
}

function collect(value: JsonValue | undefined, found: string[]): void {
  if (typeof value === 'string') found.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isJsonObject(value)) for (const member of Object.values(value)) collect(member, found);
}
