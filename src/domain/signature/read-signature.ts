import { readDocument } from '../document/read-document.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { decodeBase64Url } from './base64url.ts';
import { isSignatureAlgorithm, signatureAlgorithms } from './signature-algorithm.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';
import { signatureType } from './signature-header.ts';

/** A detached JWS in compact form (RFC 7515 section 3.1 and appendix F), taken apart. */
export interface DetachedSignature {
  readonly algorithm: SignatureAlgorithm;
  readonly kid: string;
  /** Protected header and signature in base64url, as they stand: the header is signed as this text. */
  readonly header: string;
  readonly signature: string;
}

export type SignatureReading =
  | { readonly kind: 'signature'; readonly signature: DetachedSignature }
  | { readonly kind: 'malformed'; readonly found: string; readonly expected: string };

type Malformed = Extract<SignatureReading, { kind: 'malformed' }>;

/** Reads a signature so strictly that there is one way to write what it says. Nothing in it is looked up or fetched. */
export function readSignature(value: JsonValue): SignatureReading {
  if (typeof value !== 'string') return malformed('another value', 'a detached JWS as text: header..signature');
  if (value.length > limits.signatureCharacters) return malformed(`${value.length} characters`, `at most ${limits.signatureCharacters}`);
  const [header, payload, signature, ...more] = value.split('.');
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return malformed(`${value.split('.').length} parts`, 'a detached JWS of three parts, the middle one empty: header..signature');
  if (payload !== '') return malformed('a payload of its own', 'a detached JWS without one: header..signature');
  const read = readHeader(header);
  if (read.kind === 'malformed') return read;
  const wrong = signatureProblem(signature, read.algorithm);
  return wrong ?? { kind: 'signature', signature: { algorithm: read.algorithm, kid: read.kid, header, signature } };
}

type HeaderReading = { readonly kind: 'header'; readonly algorithm: SignatureAlgorithm; readonly kid: string } | Malformed;

function readHeader(text: string): HeaderReading {
  const bytes = decodeBase64Url(text);
  if (bytes === null) return malformed('a header in another form', 'a header in base64url without padding');
  const reading = readDocument(bytes, 'json');
  if (reading.kind === 'problem') return malformed(`a header with ${reading.problem.found}`, 'a header in strict JSON');
  return isJsonObject(reading.document.value) ? readMembers(reading.document.value) : malformed('a header that is no object', 'a JSON object');
}

const members = ['alg', 'kid', 'typ'];

function readMembers(header: JsonObject): HeaderReading {
  const extra = Object.keys(header).find((name) => !members.includes(name));
  if (extra !== undefined) return malformed(`the header member ${quoted(extra)}`, 'exactly alg, kid and typ');
  const [algorithm, kid, type] = members.map((name) => (Object.hasOwn(header, name) ? header[name] : undefined));
  if (!isSignatureAlgorithm(algorithm)) return malformed(`alg ${shown(algorithm)}`, `alg ${signatureAlgorithms.join(', ')}`);
  if (type !== signatureType) return malformed(`typ ${shown(type)}`, `typ ${signatureType}`);
  return typeof kid === 'string' && kid !== '' ? { kind: 'header', algorithm, kid } : malformed(`kid ${shown(kid)}`, 'kid: the id of the key, as text');
}

/** Bytes of a signature: two numbers of the curve's size side by side (RFC 7518 section 3.4), never DER; as long as the modulus for RSA. */
const signatureBytes: Readonly<Record<SignatureAlgorithm, { readonly least: number; readonly most: number }>> = {
  ES256: { least: 64, most: 64 },
  ES384: { least: 96, most: 96 },
  EdDSA: { least: 64, most: 64 },
  PS256: { least: 256, most: 1024 },
};

function signatureProblem(text: string, algorithm: SignatureAlgorithm): Malformed | null {
  const { least, most } = signatureBytes[algorithm];
  const bytes = decodeBase64Url(text);
  if (bytes === null) return malformed('a signature in another form', 'a signature in base64url without padding');
  if (bytes.byteLength >= least && bytes.byteLength <= most) return null;
  return malformed(`a signature of ${bytes.byteLength} bytes`, `${least === most ? least : `${least} to ${most}`} bytes for ${algorithm}`);
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'left out';
  return typeof value === 'string' ? quoted(value) : 'that is no text';
}

function malformed(found: string, expected: string): Malformed {
  return { kind: 'malformed', found, expected };
}
