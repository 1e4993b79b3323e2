import { quoted } from '../../domain/finding.ts';
import type { SchemaDialect } from '../../domain/json-schema/dialect.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';
import type { Dialect } from './load-dialect.ts';

/**
 * A reference may lead to where the dialect looks for no schema, as `$defs` before 2019-09: what stands there may be none, and the
 * validator makes something else of it than a reader does. Null when every target is a schema of the dialect.
 */
export function objectionToTargets(schema: PlainSchema, name: SchemaDialect, rules: Dialect): string | null {
  if (typeof schema === 'boolean') return null;
  const parts = schemaParts(schema);
  const looked = new Set<unknown>([schema]);
  for (const part of parts.all) {
    const reference = part.schema['$ref'];
    if (typeof reference !== 'string' || (part.resource === parts.partOf(schema)?.resource && isDefinition(reference, name))) continue;
    const target = parts.target(part, reference)?.schema;
    if (target === undefined || looked.has(target)) continue;
    looked.add(target);
    const objection = rules.objectionTo(target);
    if (objection !== null) return `what its $ref ${quoted(reference)} leads to is no schema of its dialect: ${objection}`;
  }
  return null;
}

/** Where every dialect, or this one, has looked already. */
function isDefinition(reference: string, name: SchemaDialect): boolean {
  return /^#\/definitions\/[^/]+$/.test(reference) || ((name === '2019-09' || name === '2020-12') && /^#\/\$defs\/[^/]+$/.test(reference));
}
