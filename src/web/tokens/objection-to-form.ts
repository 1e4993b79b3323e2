import { readDocument } from '../../domain/document/read-document.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { decodeBase64Url } from '../../domain/signature/base64url.ts';

/** Characters: tokens of GitHub have about 2,000. */
const longest = 16_384;

/**
 * What is wrong with a token before its signature is looked at; null: nothing. Whoever signs says things once: of a name that stands
 * twice, one reader takes the first and another the last.
 */
export function objectionToForm(token: string): string | null {
  if (token.length > longest) return `it is longer than ${longest} characters`;
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return 'it is no signed token';
  const [header, claims] = token.split('.', 2).map(objectIn);
  // Else one token has many spellings, and who read is kept by token.
  if (decodeBase64Url(token.slice(token.lastIndexOf('.') + 1)) === null) return 'it can not be read as a signed token';
  if (header === null || claims === null || header === undefined || claims === undefined) return 'it can not be read as a signed token';
  return objectionToHeader(header) ?? objectionToClaims(claims);
}

/** Null: it is no JSON object in one spelling, or holds a name twice. */
function objectIn(part: string): JsonObject | null {
  const bytes = decodeBase64Url(part);
  const reading = bytes === null ? null : readDocument(bytes, 'json');
  return reading?.kind === 'document' && isJsonObject(reading.document.value) ? reading.document.value : null;
}

/** Keys come from the issuer alone (RFC 8725, 3.10), and nothing of a token has to be understood beside what is here (RFC 7515, 4.1.11). */
const refusedMembers = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'];

/** Others, such as a logout token, say something else (RFC 8725, 3.11). */
const types: ReadonlySet<JsonValue | undefined> = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

function objectionToHeader(header: JsonObject): string | null {
  const refused = refusedMembers.find((name) => Object.hasOwn(header, name));
  if (refused !== undefined) return `its header has ${refused}, which is not accepted`;
  const { typ, kid } = header;
  if (typ !== undefined && !(typeof typ === 'string' && types.has(typ.toLowerCase()))) return 'it is a token of another type';
  return kid === undefined || (typeof kid === 'string' && kid.length <= 300) ? null : 'the name of its key is no short text';
}

function objectionToClaims(claims: JsonObject): string | null {
  const { sub, aud } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 1_000) return 'its claim sub is no short text';
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (!audiences.every((one: JsonValue | undefined) => typeof one === 'string')) return 'its claim aud is not what is expected';
  const wrong = ['exp', 'nbf', 'iat'].find((name) => Object.hasOwn(claims, name) && !isInstant(claims[name]));
  return wrong === undefined ? null : `its claim ${wrong} is not what is expected`;
}

/** Seconds since 1970, before the year 10000. */
function isInstant(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && value >= 0 && value < 253_402_300_800;
}
