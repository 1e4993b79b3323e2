import { observes } from '../../../domain/apply-rules.ts';
import type { FindingCode } from '../../../domain/finding-code.ts';
import type { SchemaWorld } from './schema-world.ts';

/**
 * A schema that can not be read or does not compile is denied by the change gate, and said once. Where the configuration only
 * observes that, but not this code, this one has to decide: nothing was compared.
 */
export function mustTell(code: FindingCode, { configuration: { rules } }: SchemaWorld): boolean {
  return observes(rules, 'schema/invalid') && !observes(rules, code);
}
