import descriptor from '../../../policies/builtin.json' with { type: 'json' };
import type { CompiledPolicies } from '../../domain/policy/compiled-policies.ts';
import { Failure } from '../../domain/failure.ts';
import { readPackageFile } from '../package-file.ts';
import { builtinMetadata } from './builtin-metadata.ts';
import { compiledPolicies } from './compiled-policies-of.ts';

/** The rules that ship with Plumbline, as `deploy/builtin-policies.ts` compiled them. @throws Failure NOT_FOUND where they are not those. */
export async function loadBuiltinPolicies(): Promise<CompiledPolicies> {
  const { digest, data, rules, about } = descriptor;
  const policies = compiledPolicies(Uint8Array.from(await readPackageFile('policies/builtin.wasm')), data, rules, builtinMetadata(about));
  if (policies.digest === digest) return policies;
  throw new Failure('NOT_FOUND', `Cannot use policies/builtin.wasm: with its data and rules it has the digest ${policies.digest}, expected ${digest}. Install Plumbline again.`);
}
