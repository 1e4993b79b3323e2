import type { RequestOf } from '../../domain/probe-request.ts';
import { policyChecksumOf } from '../../domain/contract/policy-checksum.ts';
import type { PolicySource } from '../../domain/contract/policy-checksum.ts';
import { digestOfBytes } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import { ownPolicies } from '../../domain/policy/own-policies.ts';
import type { OwnPolicy } from '../../domain/policy/own-policies.ts';
import type { ContractWorld } from './contract-world.ts';
import type { Governed } from './plan-contracts.ts';
import { isPlainFile } from '../../domain/tree.ts';

export type PolicyReading =
  | { readonly kind: 'checksum'; readonly checksum: Digest }
  /** Over the size limit: asking again would not change that. */
  | { readonly kind: 'too_large'; readonly path: string; readonly size: number }
  | { readonly kind: 'unavailable'; readonly path: string; readonly why: string };

/** The questions that `basePolicies` needs answered. */
export function policyRequests(governed: Governed): readonly RequestOf<'blob'>[] {
  return policyFiles(governed).map(({ base }) => ({ kind: 'blob', blob: base.blob, size: base.size }));
}

/** The checksum of the policies at B: what the change itself makes of them is for a later release to state. */
export function basePolicies(world: ContractWorld): PolicyReading {
  const sources: PolicySource[] = [];
  for (const { path, base } of policyFiles(world)) {
    const answer = world.evidence.find({ kind: 'blob', blob: base.blob, size: base.size });
    if (answer?.kind !== 'answered') return { kind: 'unavailable', path, why: answer?.why ?? 'it was not read' };
    if (answer.value.kind === 'too-large') return { kind: 'too_large', path, size: answer.value.size };
    sources.push({ path, digest: digestOfBytes(answer.value.bytes) });
  }
  return { kind: 'checksum', checksum: policyChecksumOf(sources) };
}

/** Links and submodules are no policy sources: nothing is read through them. */
function policyFiles({ snapshot, configuration }: Governed): readonly OwnPolicy[] {
  return ownPolicies(snapshot.files, configuration.policyPaths).filter(({ base }) => isPlainFile(base));
}
