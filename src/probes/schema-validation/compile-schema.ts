import { quoted } from '../../domain/finding.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import { modernSchema } from '../../domain/compatibility/modern-schema.ts';
import { dialectOf } from '../../domain/json-schema/dialect.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { loadDialect } from './load-dialect.ts';
import { objectionToDialects } from './objection-to-dialects.ts';
import { objectionToPatterns } from './objection-to-patterns.ts';
import { objectionToReferences } from './objection-to-references.ts';
import { objectionToTargets } from './objection-to-targets.ts';
import { separateReferences } from './separate-references.ts';
import { validatorOf } from './validator-of.ts';
import type { Validate } from './validator-of.ts';

export type CompiledSchema =
  | { readonly kind: 'compiled'; readonly validate: Validate }
  | Extract<ValidationAnswer, { readonly kind: 'unusable' }>;

/**
 * Compiles one schema alone: what one pull request's schema declares is never visible to another.
 * @param needed What of it is compiled, once it is known to be a schema: all, unless it is needed for a few documents.
 */
export async function compileSchema(text: string, needed: (schema: PlainSchema) => PlainSchema = (all) => all): Promise<CompiledSchema> {
  const written: JsonValue = JSON.parse(text);
  const named = isSchema(written) ? dialectOf(written) : null;
  const schema = named?.kind === 'known' ? modernSchema(written, named.name) : written;
  if (named === null || !isSchema(schema)) return unusable('it is neither an object nor a boolean');
  if (named.kind === 'unknown') return unusable(`its dialect ${quoted(named.uri)} is not known, expected draft-04, draft-06, draft-07, 2019-09 or 2020-12`);
  // An asynchronous validator answers with a promise, which would count as a yes.
  if (typeof schema === 'object' && '$async' in schema) return unusable('it has "$async", which is no JSON Schema keyword');
  try {
    const rules = await loadDialect(named.name);
    const separated = isJsonObject(schema) ? separateReferences(schema, named.name) : schema;
    const objection = objectionToDialects(written) ?? rules.objectionTo(schema) ?? objectionToTargets(schema, named.name, rules) ?? objectionToReferences(separated) ?? objectionToPatterns(schema);
    if (objection !== null) return unusable(objection);
    return { kind: 'compiled', validate: validatorOf(rules.compile(needed(separated))) };
  } catch (error) {
    if (error instanceof RangeError) return unusable('compiling it does not end');
    if (error instanceof Error && 'missingRef' in error) return unusable(missing(String(error.missingRef)));
    return unusable(error instanceof Error ? error.message.slice(0, 300) : 'it does not compile');
  }
}

const metaSchemas = 'of the meta-schemas, those of draft-06 and draft-07 can be referred to, and that of 2019-09 or 2020-12 where it is the dialect';

function missing(reference: string): string {
  const isMetaSchema = /^https?:\/\/json-schema\.org\//.test(reference);
  return `it refers to ${quoted(reference)}, which does not stand in it${isMetaSchema ? `: ${metaSchemas}` : ''}`;
}

function unusable(why: string): Extract<ValidationAnswer, { readonly kind: 'unusable' }> {
  return { kind: 'unusable', why };
}
