import { importPKCS8, SignJWT } from 'jose';
import { Failure } from '../domain/failure.ts';
import { callService, textIn } from './service-call.ts';
import type { CallSettings } from './service-call.ts';

/** Who asks Google Cloud. */
export type GcpIdentity =
  /** A service account with a key of its own: signs its tokens itself ("self-signed JWT", AIP-4111), so that nobody is asked for them. */
  | { readonly kind: 'account'; readonly email: string; readonly keyId: string; /** PKCS#8 PEM; a function, so that no print of settings shows it. */ readonly readKey: () => string }
  /** What the metadata server of the machine or workload says; its address. */
  | { readonly kind: 'metadata'; readonly url: string };

export interface GcpLogin {
  /** A bearer token. */
  readonly token: () => Promise<string>;
  readonly renew: () => Promise<void>;
}

interface Kept {
  readonly token: string;
  readonly expires: number;
}

/** Tokens for one API, renewed five minutes before they expire. */
export function gcpLogin(identity: GcpIdentity, audience: string, { call, now }: { readonly call: CallSettings; readonly now: () => Date }): GcpLogin {
  let kept: Kept | null = null;
  return {
    token: async () => {
      const at = now().getTime();
      if (kept === null || kept.expires - earlyMs < at) kept = identity.kind === 'account' ? await signToken(identity, audience, at) : await askMetadata(identity.url, call, at);
      return kept.token;
    },
    renew: async () => {
      kept = null;
    },
  };
}

async function signToken({ email, keyId, readKey }: Extract<GcpIdentity, { kind: 'account' }>, audience: string, at: number): Promise<Kept> {
  const issued = Math.floor(at / 1_000);
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId }).setIssuer(email).setSubject(email).setAudience(audience).setIssuedAt(issued).setExpirationTime(issued + lifeSeconds).sign(await importPKCS8(readKey(), 'RS256'));
  return { token, expires: at + lifeSeconds * 1_000 };
}

async function askMetadata(url: string, call: CallSettings, at: number): Promise<Kept> {
  const what = 'read a token for Google Cloud from the metadata server';
  const address = `${url}/computeMetadata/v1/instance/service-accounts/default/token`;
  const answer = await callService({ what, request: async () => ({ method: 'GET', url: address, headers: { 'metadata-flavor': 'Google' } }), refusalOf: () => null }, call);
  const token = textIn(answer, 'access_token');
  const seconds = answer['expires_in'];
  if (token === '' || typeof seconds !== 'number') throw new Failure('KEY_REFUSED', `Cannot ${what}: found an answer without access_token or expires_in, expected both. Nothing was signed. Check which service account this machine or workload has.`);
  return { token, expires: at + seconds * 1_000 };
}

const earlyMs = 5 * 60_000;
const lifeSeconds = 3_600;
