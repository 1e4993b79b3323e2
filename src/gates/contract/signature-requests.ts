import { fieldValue } from '../../domain/contract/contract-field.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import { wasJudged } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { judgedSignatures } from './judged-signatures.ts';
import { keyRequests, knownKeys } from './key-source.ts';
import type { Governed } from './plan-contracts.ts';
import { releasedRequest } from './released-document.ts';
import { hasSameSignature, signatureClaim, signatureOf } from './signature-claim.ts';
import { namesKey } from './signing-step.ts';

/** The keys, where a signature may have to be verified, or one has to be named for a signature that is missing. */
export function signatureKeyRequests(changed: readonly JudgedContract[], { snapshot, configuration }: Governed): readonly ProbeRequest[] {
  return changed.some((file) => needsKeys(file)) ? keyRequests(snapshot, configuration) : [];
}

/** Asked once the keys and the record are known: whether signatures verify, and what those were that come back. */
export function signatureRequests(world: ContractWorld): readonly ProbeRequest[] {
  const judged = judgedSignatures(world);
  if (judged.length === 0) return [];
  const known = knownKeys(world.snapshot, world.configuration, world.evidence);
  return judged.flatMap(({ file, contract, restored }) => {
    const claim = signatureClaim(contract, file.set.fields, known);
    return [...(restored === null || !wasJudged(restored) ? [] : [releasedRequest(restored)]), ...(claim.kind === 'question' ? [claim.request] : [])];
  });
}

/** Whether the version is recorded is not known yet: what stands at the base with the same signature is never judged, all else may be. */
function needsKeys({ inResult, atBase, signatures, set: { fields } }: JudgedContract): boolean {
  if (inResult.kind !== 'contract' || inResult.contract.lifecycle === 'draft') return false;
  const { contract } = inResult;
  const lacksKey = signatures === 'required' && !namesKey(fieldValue(contract.document.value, fields, 'kmsKeyRef', contract.path));
  if (signatureOf(contract, fields) === null && !lacksKey) return false;
  const before = atBase.kind === 'contract' && atBase.contract.lifecycle !== 'draft' ? atBase.contract : null;
  return before?.contentHash !== contract.contentHash || !hasSameSignature(before, contract, fields);
}
