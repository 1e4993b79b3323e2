import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * A private key as operators hand it over: PEM, PEM with `\n` written out, or base64 of either.
 * Null when it is none of these. The parser's own error is dropped: it may quote key material.
 */
export function parsePrivateKey(text: string): KeyObject | null {
  const pem = pemTextOf(text);
  if (!pem.includes('-----BEGIN')) return null;
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/** The PEM text behind these ways of writing it; something without `-----BEGIN` when there is none. */
export function pemTextOf(text: string): string {
  const unescaped = text.replaceAll(String.raw`\r`, '').replaceAll(String.raw`\n`, '\n').replace(/^(["'])(.*)\1$/s, '$2');
  return unescaped.includes('-----BEGIN') ? unescaped : Buffer.from(unescaped, 'base64').toString('utf8').replaceAll(String.raw`\n`, '\n');
}

/** PKCS#8, whatever it was read from: the one form that everything here reads. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
