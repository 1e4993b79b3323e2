import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import type { KeyKind, PublicKey } from '../../domain/signature/public-key.ts';
import { bundleHashOf } from './bundle-hash.ts';

/** What a bundle may be signed with, RS256 among it: OPA's default. Nothing symmetric, and no `none`. */
const kinds: Readonly<Record<string, KeyKind>> = { ES256: 'P-256', ES384: 'P-384', EdDSA: 'Ed25519', PS256: 'RSA', RS256: 'RSA' };

const claims: ReadonlySet<string> = new Set(['files', 'keyid', 'scope', 'iat', 'iss']);
const longestSignature = 512 * 1024;

/** Why the signature does not stand for all of these files; null when it does. One signature, by one of the keys. */
export async function objectionToSignatures(files: ReadonlyMap<string, Uint8Array>, keys: readonly PublicKey[]): Promise<string | null> {
  const token = tokenIn(files.get('.signatures.json'));
  if (token === null) return 'its .signatures.json is not of the form {"signatures": ["<one JWS>"]}';
  const payload = await payloadOf(token, keys);
  if (payload === null) return 'it is signed by none of the keys';
  const unknown = Object.keys(payload).find((name) => !claims.has(name));
  if (unknown !== undefined) return `its signature has the claim ${JSON.stringify(unknown.slice(0, 80))}, which is unknown`;
  const signed = payload['files'];
  return Array.isArray(signed) ? objectionToFiles(files, signed) : 'its signature names no files';
}

function tokenIn(bytes: Uint8Array | undefined): string | null {
  const reading = bytes === undefined || bytes.length > longestSignature ? null : readDocument(bytes, 'json');
  const value = reading?.kind === 'document' ? reading.document.value : null;
  if (!isJsonObject(value) || Object.keys(value).some((name) => name !== 'signatures' && name !== 'plugin') || !Array.isArray(value['signatures']) || value['signatures'].length !== 1) return null;
  // OPA writes the name of its own way of signing, and knows other ones, which are none of ours.
  if (Object.hasOwn(value, 'plugin') && value['plugin'] !== '_default') return null;
  const token: JsonValue | undefined = value['signatures'][0];
  return typeof token === 'string' ? token : null;
}

async function payloadOf(token: string, keys: readonly PublicKey[]): Promise<JsonObject | null> {
  for (const key of keys) {
    try {
      const { alg } = decodeProtectedHeader(token);
      if (alg === undefined || !Object.hasOwn(kinds, alg) || kinds[alg] !== key.kind || !isForSigning(key, alg)) continue;
      const { payload } = await compactVerify(token, await importJWK({ ...key.material }, alg), { algorithms: [alg] });
      const reading = readDocument(payload, 'json');
      if (reading.kind === 'document' && isJsonObject(reading.document.value)) return reading.document.value;
    } catch {
      // No signature of this key. Another one may have made it.
    }
  }
  return null;
}

function isForSigning({ alg, use, operations }: PublicKey, wanted: string): boolean {
  return (alg === null || alg === wanted) && (use === null || use === 'sig') && (operations === null || operations.includes('verify'));
}

function objectionToFiles(files: ReadonlyMap<string, Uint8Array>, signed: readonly JsonValue[]): string | null {
  const left = new Map([...files].filter(([name]) => name !== '.signatures.json'));
  for (const entry of signed) {
    if (!isJsonObject(entry) || Object.keys(entry).toSorted().join() !== 'algorithm,hash,name' || entry['algorithm'] !== 'SHA-256' || typeof entry['name'] !== 'string') return 'its signature names a file otherwise than by name, hash and the algorithm SHA-256';
    const name = entry['name'].replace(/^\//, '');
    const bytes = left.get(name);
    if (bytes === undefined) return `its signature names ${JSON.stringify(name.slice(0, 80))}, which it does not hold, or twice`;
    if (bundleHashOf(name, bytes) !== entry['hash']) return `its ${JSON.stringify(name)} is not what was signed`;
    left.delete(name);
  }
  const [unsigned] = left.keys();
  return unsigned === undefined ? null : `its ${JSON.stringify(unsigned)} is not signed`;
}
