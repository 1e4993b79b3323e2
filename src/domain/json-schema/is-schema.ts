export type PlainSchema = boolean | Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is PlainSchema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}
