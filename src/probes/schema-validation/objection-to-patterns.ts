import { matches } from '../../domain/compatibility/text/matches.ts';
import { quoted } from '../../domain/finding.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';

/** A pattern that is no regular expression, also where none of the documents at hand would meet it; null when all are. */
export function objectionToPatterns(schema: PlainSchema): string | null {
  if (typeof schema === 'boolean') return null;
  const patterns = schemaParts(schema).all.flatMap((part) => [part.schema['pattern'], ...namesOf(part.schema['patternProperties'])]);
  const [broken] = patterns.filter((pattern) => typeof pattern === 'string').filter((pattern) => matches(pattern, '') === null);
  return broken === undefined ? null : `its pattern ${quoted(broken)} is no regular expression`;
}

function namesOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
