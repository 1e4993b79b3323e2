import type { JsonValue } from '../../../domain/json-value.ts';
import { expressionsIn } from './expressions-in.ts';
import { memberOf } from './member-of.ts';
import { textsIn } from './texts-in.ts';

/** Names of the secrets that a job uses, in upper case; `*` where it uses them all or one that it names only when it runs. */
export function secretsUsed(job: JsonValue | undefined): readonly string[] {
  const inherited = memberOf(job, 'secrets');
  const isInherited = typeof inherited === 'string' && inherited.trim().toLowerCase() === 'inherit';
  const named = textsIn(job).flatMap(expressionsIn).flatMap(secretsIn);
  return [...new Set([...named, ...(isInherited ? ['*'] : [])])].filter((name) => name !== 'GITHUB_TOKEN');
}

/** A quoted text is passed over, so that a path in it is no secret. */
const use = /\bsecrets\b(?:\s{0,20}\.\s{0,20}([A-Za-z_][A-Za-z0-9_-]{0,200})|\s{0,20}\[\s{0,20}'([^'\n]{1,200})'|)|'[^']*'/gi;

function secretsIn(expression: string): readonly string[] {
  return [...expression.matchAll(use)].flatMap(([all, dotted, quoted]) => (all.startsWith("'") ? [] : (dotted ?? quoted ?? '*').toUpperCase()));
}

/** Whether an expression names all secrets at once, as `toJSON(secrets)` does; one that is chosen by its name is one. */
export function namesAllSecrets(expression: string): boolean {
  const text = expression.toLowerCase().replaceAll(/'[^']*'/g, '').replaceAll(/\s/g, '');
  return /\bsecrets\b(?!\[|\.[\w-])/.test(text);
}
