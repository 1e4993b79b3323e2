import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';

/** Why a secret can not be sent as a bearer token; null when it can, or there is none. Says nothing of its text. */
export function secretObjection(secret: string | null): NoSignal | null {
  if (secret === null || (secret.length <= mostCharacters && /^[\x21-\x7e]+$/.test(secret))) return null;
  return noSignal(`the secret of the source can not be sent, expected 1 to ${mostCharacters} visible ASCII characters`);
}

const mostCharacters = 4096;

export function secretHeaders(secret: string | null): { readonly authorization?: string } {
  return secret === null ? {} : { authorization: `Bearer ${secret}` };
}

/**
 * Whether a text has the secret in it, as it is, with escapes of a URL, or with those of JSON. A service that knows the secret and
 * wants to show it can write it in a way that nobody looks for; this is for those that repeat what they were sent.
 */
export function tellsSecret(text: string, secret: string | null): boolean {
  if (secret === null) return false;
  const withoutEscapes = text
    .replaceAll(/%([0-9a-f]{2})/gi, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replaceAll(/\\u00([0-9a-f]{2})/gi, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replaceAll(/\\(["\\/])/g, '$1');
  return text.includes(secret) || withoutEscapes.includes(secret);
}
