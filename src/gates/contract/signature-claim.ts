import { canonicalText } from '../../domain/canonical.ts';
import type { ContractFields } from '../../domain/configuration/configuration.ts';
import { contractContent } from '../../domain/contract/contract-content.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { quoted } from '../../domain/finding.ts';
import { instantOf } from '../../domain/instant.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { keyObjection } from '../../domain/signature/key-objection.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { readSignature } from '../../domain/signature/read-signature.ts';
import type { KnownKeys } from './key-source.ts';

/** What a contract's signature says of itself, before anybody computes. Only a `question` can still be verified. */
export type SignatureClaim =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' | 'mismatch'; readonly found: string; readonly expected: string }
  | { readonly kind: 'unknown'; readonly kid: string }
  | { readonly kind: 'question'; readonly request: RequestOf<'signature'> };

/** What of a contract a signature is about. */
export type Signed = Pick<Contract, 'document' | 'path' | 'contentHash'>;

export function signatureClaim(contract: Signed, fields: ContractFields, known: Pick<KnownKeys, 'keys'>): SignatureClaim {
  const written = signatureOf(contract, fields);
  if (written === null) return { kind: 'none' };
  const reading = readSignature(written);
  if (reading.kind === 'malformed') return reading;
  const { signature } = reading;
  const reference = fieldValue(contract.document.value, fields, 'kmsKeyRef', contract.path) ?? null;
  if (reference !== signature.kid) return { kind: 'mismatch', found: `kid ${quoted(signature.kid)}`, expected: referenceWords(reference) };
  const named = known.keys.filter(({ kid }) => kid === signature.kid);
  const fitting = named.filter((key) => keyObjection(key, signature.algorithm) === null);
  const [first] = named;
  if (first === undefined) return { kind: 'unknown', kid: signature.kid };
  const objection = fitting.length === 0 ? keyObjection(first, signature.algorithm) : null;
  if (objection !== null) return { kind: 'mismatch', ...objection };
  const content = contractContent(contract.document.value, fields);
  return { kind: 'question', request: { kind: 'signature', signature, content, contentHash: contract.contentHash, keys: longestFirst(fitting) } };
}

/** The signature as it stands; null where there is none. */
export function signatureOf(contract: Pick<Contract, 'document' | 'path'>, fields: ContractFields): JsonValue {
  return fieldValue(contract.document.value, fields, 'signature', contract.path) ?? null;
}

/** Whether two documents have one signature, or both none. */
export function hasSameSignature(one: Pick<Contract, 'document' | 'path'>, other: Pick<Contract, 'document' | 'path'>, fields: ContractFields): boolean {
  return canonicalText(signatureOf(one, fields)) === canonicalText(signatureOf(other, fields));
}

function referenceWords(reference: JsonValue): string {
  if (typeof reference === 'string') return `the contract's kmsKeyRef, ${quoted(reference)}`;
  return 'a kmsKeyRef in the contract that says so';
}

/** The first key that verifies counts: of one key that is listed twice, the entry that is good for longer. */
function longestFirst(keys: readonly PublicKey[]): readonly PublicKey[] {
  return keys.toSorted((a, b) => endOf(b) - endOf(a) || (a.digest < b.digest ? -1 : 1));
}

/** From when on a key is good for no new release, in milliseconds. */
export function endOf({ notAfter }: PublicKey): number {
  return notAfter === null ? Number.MAX_SAFE_INTEGER : (instantOf(notAfter) ?? 0);
}
