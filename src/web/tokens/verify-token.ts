import { errors, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import type { JsonObject } from '../../domain/json-value.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import { fetchDocument } from './fetch-document.ts';
import type { FetchDocument } from './fetch-document.ts';
import { createIssuerKeys, KeysUnavailable } from './issuer-keys.ts';
import { objectionToForm } from './objection-to-form.ts';
import type { TokenIssuer } from './token-issuer.ts';
import type { TokenVerdict } from './token-verdict.ts';

/** Never rejects. */
export type VerifyToken = (token: string) => Promise<TokenVerdict>;

export interface VerifierPorts {
  readonly clock: Clock;
  readonly fetchDocument?: FetchDocument;
}

/** Signatures with a public key alone: with a shared secret whoever verifies could sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Seconds by which clocks may differ. */
const skew = 60;

/** Verifies tokens of one issuer: signature, issuer, audience, and the time in which each is good. */
export function createTokenVerifier(issuer: TokenIssuer, ports: VerifierPorts): VerifyToken {
  const keys = createIssuerKeys(issuer.issuer, { clock: ports.clock, fetchDocument: ports.fetchDocument ?? fetchDocument });
  return async (token) => {
    const objection = objectionToForm(token);
    return objection === null ? await verify(token, issuer, keys, ports.clock) : { kind: 'refused', why: objection };
  };
}

async function verify(token: string, { issuer, audience, mostAge }: TokenIssuer, keys: JWTVerifyGetKey, clock: Clock): Promise<TokenVerdict> {
  try {
    const { payload } = await jwtVerify<JsonObject>(token, keys, { issuer, audience, algorithms, clockTolerance: skew, maxTokenAge: mostAge, requiredClaims: ['exp', 'iat', 'sub'], currentDate: clock.now() });
    return { kind: 'verified', claims: payload };
  } catch (thrown) {
    if (thrown instanceof KeysUnavailable) return { kind: 'unavailable', why: thrown.message };
    return { kind: 'refused', why: reasonOf(thrown) };
  }
}

/** Names of claims and of what is expected are told, values are not. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof errors.JWTExpired) return 'it has expired';
  if (thrown instanceof errors.JWTClaimValidationFailed) return thrown.reason === 'missing' ? `its claim ${thrown.claim} is missing` : `its claim ${thrown.claim} is not what is expected`;
  if (thrown instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (thrown instanceof errors.JWKSNoMatchingKey || thrown instanceof errors.JWKSMultipleMatchingKeys) return 'it is signed with no key that its issuer has';
  if (thrown instanceof errors.JOSEAlgNotAllowed) return 'it is signed in a way that is not accepted';
  return 'it can not be read as a signed token';
}
