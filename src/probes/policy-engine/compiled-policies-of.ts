import { digestOfBytes, digestOfValue } from '../../domain/digest.ts';
import type { CompiledPolicies } from '../../domain/policy/compiled-policies.ts';

export function compiledPolicies(wasm: Uint8Array, data: string, rules: readonly string[]): CompiledPolicies {
  return { digest: digestOfValue([digestOfBytes(wasm), digestOfBytes(data), rules]), wasm, data, rules };
}
