import { dialectOf } from '../json-schema/dialect.ts';
import type { SchemaDialect } from '../json-schema/dialect.ts';
import { isSchema } from '../json-schema/is-schema.ts';
import type { JsonValue } from '../json-value.ts';

/** The dialect of a schema by its root; null where it is none that is known. */
export function schemaDialect(schema: JsonValue): SchemaDialect | null {
  if (!isSchema(schema)) return null;
  const named = dialectOf(schema);
  return named.kind === 'known' ? named.name : null;
}
