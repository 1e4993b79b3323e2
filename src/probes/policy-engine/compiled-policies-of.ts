import { digestOfBytes, digestOfValue } from '../../domain/digest.ts';
import type { RuleMetadata } from '../../domain/policy/rule-metadata.ts';
import type { CompiledPolicies } from '../../domain/policy/compiled-policies.ts';

export function compiledPolicies(wasm: Uint8Array, data: string, rules: readonly string[], metadata: readonly RuleMetadata[] = []): CompiledPolicies {
  return { digest: digestOfValue([digestOfBytes(wasm), digestOfBytes(data), rules]), wasm, data, rules, ...(metadata.length === 0 ? {} : { metadata }) };
}
