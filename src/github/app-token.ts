import { createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Failure } from '../domain/failure.ts';

/** Reads the App's PEM key once, so that a wrong one is found at start. */
export function readAppKey(pem: string): KeyObject {
  try {
    // Environment variables often carry the line breaks as two characters.
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // The parser's error could quote the key.
  }
  throw new Failure('CONFIG_INVALID', 'Cannot read the private key of the GitHub App: no RSA key in PEM form, expected the file that GitHub generated');
}

/** The App's own token (RFC 7519, RS256): valid nine minutes, dated a minute back against clock skew. GitHub allows ten. */
export function signAppToken(appId: number, key: KeyObject, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: seconds - 60, exp: seconds + 480, iss: String(appId) })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
