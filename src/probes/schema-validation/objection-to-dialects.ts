import { quoted } from '../../domain/finding.ts';
import { dialectOf } from '../../domain/json-schema/dialect.ts';
import type { SchemaDialect } from '../../domain/json-schema/dialect.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';

/** A part is judged by the rules of the root's dialect, whatever it says of itself: a schema with another one inside can not be applied. */
export function objectionToDialects(written: unknown): string | null {
  if (!isSchema(written) || typeof written === 'boolean') return null;
  const wanted = nameOf(written);
  const other = schemaParts(written).all.find(({ schema }) => typeof schema['$schema'] === 'string' && nameOf(schema) !== wanted);
  return other === undefined ? null : `a part of it is of the dialect ${quoted(String(other.schema['$schema']))}, unlike its root`;
}

function nameOf(schema: PlainSchema): SchemaDialect | null {
  const named = dialectOf(schema);
  return named.kind === 'known' ? named.name : null;
}
