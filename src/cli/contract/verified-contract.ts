import { contentHash } from '../../domain/contract/contract-content.ts';
import type { Digest } from '../../domain/digest.ts';
import { instantOf } from '../../domain/instant.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { signatureClaim } from '../../gates/contract/signature-claim.ts';
import { verifySignature } from '../../probes/signatures/verify-signature.ts';
import type { WorkingContract } from './working-contract.ts';

/** `unsigned` and the others with `why` are a no; `unknown` is none. */
export interface VerifiedContract {
  readonly file: string;
  readonly hash: Digest;
  readonly status: 'verified' | 'unsigned' | 'invalid' | 'key_mismatch' | 'key_unknown' | 'unknown';
  readonly kid: string | null;
  readonly algorithm: string | null;
  readonly why: string | null;
  /** When the key became, or becomes, good for no new release. */
  readonly notAfter: string | null;
  readonly hasEnded: boolean;
}

/** What the gate's own reading and the probe say of one contract's signature. */
export async function verifyContract({ file, path, document, fields }: WorkingContract, keys: readonly PublicKey[], now: Date): Promise<VerifiedContract> {
  const hash = contentHash(document, fields);
  const plain = { file, hash, kid: null, algorithm: null, why: null, notAfter: null, hasEnded: false };
  const claim = signatureClaim({ document, path, contentHash: hash }, fields, { keys });
  switch (claim.kind) {
    case 'none':
      return { ...plain, status: 'unsigned', why: 'it has no signature' };
    case 'malformed':
      return { ...plain, status: 'invalid', why: `found ${claim.found}, expected ${claim.expected}` };
    case 'mismatch':
      return { ...plain, status: 'key_mismatch', why: `found ${claim.found}, expected ${claim.expected}` };
    case 'unknown':
      return { ...plain, status: 'key_unknown', kid: claim.kid, why: 'the keys have none of that id' };
    case 'question': {
      const { kid, algorithm } = claim.request.signature;
      const named = { ...plain, kid, algorithm };
      const answer = await verifySignature(claim.request);
      if (answer.kind === 'unavailable') return { ...named, status: 'unknown', why: answer.why };
      if (answer.value.kind === 'unusable') return { ...named, status: 'key_mismatch', why: answer.value.why };
      if (answer.value.kind === 'refused') return { ...named, status: 'invalid', why: 'it does not verify over the content as it is now' };
      const digest = answer.value.key;
      const notAfter = claim.request.keys.find((key) => key.digest === digest)?.notAfter ?? null;
      return { ...named, status: 'verified', notAfter, hasEnded: notAfter !== null && (instantOf(notAfter) ?? 0) <= now.getTime() };
    }
  }
}
