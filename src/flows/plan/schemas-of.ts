import { modernSchema } from '../../domain/compatibility/modern-schema.ts';
import { schemaDialect } from '../../domain/compatibility/schema-dialect.ts';
import type { ContractSet } from '../../domain/configuration/configuration.ts';
import { findBuiltinSchema } from '../../domain/contract/builtin-schemas.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import type { JsonValue } from '../../domain/json-value.ts';

/**
 * The schemas by which contract sets class what changes, in the form in which the gate takes them. None where one of them can not be
 * used: what nobody classes counts as breaking. @param bytesAt A file of the base; null: nothing usable stands there.
 */
export async function schemasOf(sets: readonly Pick<ContractSet, 'schema'>[], bytesAt: (path: string) => Promise<Uint8Array | null>): Promise<readonly JsonValue[]> {
  const names = new Set(sets.flatMap(({ schema }) => (schema === null ? [] : [schema])));
  const schemas = await Promise.all([...names].map((name) => schemaNamed(name, bytesAt)));
  return schemas.includes(null) ? [] : schemas.filter((schema) => schema !== null);
}

async function schemaNamed(name: string, bytesAt: (path: string) => Promise<Uint8Array | null>): Promise<JsonValue | null> {
  if (name.startsWith('builtin:')) return findBuiltinSchema(name.slice('builtin:'.length)) ?? null;
  const bytes = name.startsWith('org:') ? null : await bytesAt(name);
  const reading = bytes === null ? null : readOnce(bytes, name);
  if (reading === null || reading.kind === 'problem') return null;
  const { value } = reading.document;
  const dialect = schemaDialect(value);
  return dialect === null ? value : modernSchema(value, dialect);
}
