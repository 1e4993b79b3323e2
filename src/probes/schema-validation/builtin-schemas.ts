import { findBuiltinSchema as schemaNamed } from '../../domain/contract/builtin-schemas.ts';

/** Schemas that ship with Plumbline, by the name that stands after `builtin:`, as JSON text. */
export function findBuiltinSchema(name: string): string | undefined {
  const schema = schemaNamed(name);
  const text = schema === undefined ? undefined : (texts.get(name) ?? JSON.stringify(schema));
  if (text !== undefined) texts.set(name, text);
  return text;
}

const texts = new Map<string, string>();
