import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTHeaderParameters, JWTPayload } from 'jose';
import { listenOnLoopback } from '../../builders/listen-on-loopback.ts';

export interface Issuer {
  readonly issuer: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** What the next answers are instead of the right ones; null: the right ones. */
  answers: ((path: string) => { readonly status: number; readonly body: string } | null) | null;
  /** A good token, but for what is changed. */
  sign(changes?: SigningChanges): Promise<string>;
  /** With a good signature over whatever texts of JSON; what is left out is as in a good token. */
  signTexts(texts: { readonly header?: string; readonly claims?: string }): Promise<string>;
  /** From now on signs with a new key, and answers that one alone. */
  rotate(): Promise<void>;
}

export interface SigningChanges {
  /** A claim that is undefined is left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Partial<JWTHeaderParameters>;
  readonly key?: CryptoKey | Uint8Array;
}

/** The instant that the tokens of an issuer are made for. */
export const atNoon = new Date('2026-11-26T12:00:00Z');

/** An OpenID issuer on loopback: a discovery document, a set of keys, and tokens. */
export async function anIssuer(context: TestContext, own: JWTPayload = {}): Promise<Issuer> {
  let generation = 0;
  let current = await aKey(generation);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    issuer.asked.push(path);
    const answer = issuer.answers?.(path) ?? { status: 200, body: JSON.stringify(path === '/keys' ? { keys: [current.jwk] } : { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/keys` }) };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  const port = await listenOnLoopback(context, server);
  const issuer: Issuer = {
    issuer: `http://127.0.0.1:${port}`,
    asked: [],
    answers: null,
    sign: async ({ claims = {}, header = {}, key = current.privateKey } = {}) => {
      const seconds = Math.floor(atNoon.getTime() / 1000);
      const all = { iss: issuer.issuer, aud: 'plumbline', sub: 'somebody', iat: seconds - 10, nbf: seconds - 10, exp: seconds + 300, ...own, ...claims };
      return await new SignJWT(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))).setProtectedHeader({ alg: 'ES256', kid: current.jwk.kid ?? '', typ: 'JWT', ...header }).sign(key);
    },
    signTexts: async ({ header, claims }) => {
      const good = (await issuer.sign()).split('.');
      const signed = [header, claims].map((text, index) => (text === undefined ? good[index] : Buffer.from(text).toString('base64url'))).join('.');
      return `${signed}.${Buffer.from(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, current.privateKey, Buffer.from(signed))).toString('base64url')}`;
    },
    rotate: async () => {
      generation += 1;
      current = await aKey(generation);
    },
  };
  return issuer;
}

async function aKey(generation: number): Promise<{ readonly privateKey: CryptoKey; readonly jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: `key-${generation}`, alg: 'ES256', use: 'sig' } };
}
