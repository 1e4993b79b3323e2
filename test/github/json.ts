/** Loose JSON of test answers: members are looked up by name, never trusted by type. */
export type Json = { [member: string]: unknown };

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): Json {
  if (isJson(value)) return value;
  throw new Error(`expected a JSON object, found ${JSON.stringify(value)?.slice(0, 200)}`);
}

export function listOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.map(objectOf);
  throw new Error(`expected a JSON list, found ${JSON.stringify(value)?.slice(0, 200)}`);
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`expected text, found ${JSON.stringify(value)?.slice(0, 200)}`);
}
