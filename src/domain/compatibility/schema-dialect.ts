import { dialectOf } from '../json-schema/dialect.ts';
import type { DialectName } from '../json-schema/dialect.ts';
import type { JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';

/** Draft 4 is read for comparisons alone: histories begin there. */
export type SchemaDialect = DialectName | 'draft-04';

/** The dialect of a schema by its root; null where it is none that is known. */
export function schemaDialect(schema: JsonValue): SchemaDialect | null {
  if (typeof schema === 'boolean') return '2020-12';
  if (!isJsonObject(schema)) return null;
  const stated = schema['$schema'];
  if (typeof stated === 'string' && /^https?:\/\/json-schema\.org\/draft-04\/schema#?$/.test(stated)) return 'draft-04';
  const named = dialectOf(schema);
  return named.kind === 'known' ? named.name : null;
}
