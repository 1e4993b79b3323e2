import { canonicalBytes } from '../domain/canonical.ts';
import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { base64Of, bytesOfBase64 } from './base64.ts';
import { preAuthentication } from './pre-authentication.ts';
import { readSigningKey, signatureLength } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';

/** `log`: signs checkpoints. `signing`: signs envelopes, and certifies log keys. */
export type KeyPurpose = 'log' | 'signing';

/** What one key says of another: from here on this one signs. */
export interface KeyStatement {
  readonly purpose: KeyPurpose;
  /** Origin of the log that it is about: no statement counts for another log. */
  readonly log: string;
  /** Which statement about keys of this log it is, from 1, without a gap. */
  readonly sequence: number;
  readonly key: SigningKey;
  /** The key that signs no more from here on; null where none is replaced. */
  readonly replaces: Digest | null;
  /** When it was made: UTC with milliseconds. */
  readonly from: string;
}

export interface SignedKeyStatement {
  readonly statement: KeyStatement;
  /** Id of the key that signed it. */
  readonly signer: Digest;
  readonly signature: Uint8Array;
}

/** The bytes that are signed: the RFC 8785 form of the statement, in DSSE's encoding for signing. */
export function bytesToSign(statement: KeyStatement): Uint8Array {
  return preAuthentication(statementType, canonicalBytes(formOf(statement)));
}

/** As it stands in the payload of `key.rotated`. */
export function formatKeyStatement({ statement, signer, signature }: SignedKeyStatement): JsonObject {
  return { statement: formOf(statement), signer, signature: base64Of(signature) };
}

/** Reads the payload of a `key.rotated`; null when it is not exactly one. The signature is not checked: see `KeyHistory`. */
export function readKeyStatement(payload: JsonValue): SignedKeyStatement | null {
  if (!isJsonObject(payload) || !hasOnly(payload, ['signature', 'signer', 'statement'])) return null;
  const { signature, signer, statement } = payload;
  const bytes = typeof signature === 'string' ? bytesOfBase64(signature) : null;
  const read = statementIn(statement);
  return bytes?.length === signatureLength && isDigest(signer) && read !== null ? { statement: read, signer, signature: bytes } : null;
}

function formOf({ purpose, log, sequence, key, replaces, from }: KeyStatement): JsonObject {
  return { from, key: { algorithm: key.algorithm, id: key.id, publicKey: base64Of(key.spki) }, log, purpose, replaces, sequence, type: form };
}

function statementIn(value: JsonValue | undefined): KeyStatement | null {
  if (!isJsonObject(value) || !hasOnly(value, ['from', 'key', 'log', 'purpose', 'replaces', 'sequence', 'type']) || value['type'] !== form) return null;
  const { purpose, log, sequence, replaces, from } = value;
  const key = keyIn(value['key']);
  if (key === null || (purpose !== 'log' && purpose !== 'signing') || typeof log !== 'string' || typeof from !== 'string') return null;
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1) return null;
  if (replaces !== null && !isDigest(replaces)) return null;
  if (purpose === 'log' && key.algorithm !== 'Ed25519') return null;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(from) ? { purpose, log, sequence, key, replaces, from } : null;
}

/** Id and algorithm are told beside the key for people; they must be its own. */
function keyIn(value: JsonValue | undefined): SigningKey | null {
  if (!isJsonObject(value) || !hasOnly(value, ['algorithm', 'id', 'publicKey']) || typeof value['publicKey'] !== 'string') return null;
  const spki = bytesOfBase64(value['publicKey']);
  const key = spki === null ? null : readSigningKey(spki);
  return key !== null && key.id === value['id'] && key.algorithm === value['algorithm'] ? key : null;
}

function hasOnly(value: JsonObject, names: readonly string[]): boolean {
  return Object.keys(value).toSorted().join() === names.join();
}

const form = 'plumbline-key/1';
const statementType = 'application/vnd.plumbline.key+json';
