import { createPublicKey } from 'node:crypto';
import { Failure } from '../domain/failure.ts';
import { KeyHistory } from './key-history.ts';
import { rawPublicKey } from './log-key.ts';
import { quote } from './quote.ts';
import { signingKeyOf } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';
import { isKeyName, parseVerifierKey, verifierKeyOf } from './verifier-key.ts';
import type { VerifierKey } from './verifier-key.ts';

/** A key that somebody trusts. One without a name is trusted for whichever log is looked at. */
export type TrustedKey =
  | { readonly kind: 'named'; readonly key: VerifierKey }
  | { readonly kind: 'bare'; readonly publicKey: Uint8Array }
  /** Signs no checkpoints itself, and certifies the keys that do. */
  | { readonly kind: 'signing'; readonly key: SigningKey };

/**
 * Reads what `--key` gives: verifier keys, one per line (`#` starts a comment), or one public key in PEM form: Ed25519 of a log, or
 * ES256 of a key service.
 * @throws Failure USAGE
 */
export function readTrustedKeys(text: string): readonly TrustedKey[] {
  if (text.includes('-----BEGIN')) return [pemKey(text)];
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new Failure('USAGE', 'Cannot read the key: found nothing, expected <name>+<id>+<base64> or a public key in PEM form.');
  return lines.map(namedKey);
}

/** Log keys of which only the bytes are known, 32 each: a server's own. */
export function trustedLogKeys(publicKeys: readonly Uint8Array[]): readonly TrustedKey[] {
  return publicKeys.map((publicKey) => ({ kind: 'bare', publicKey }));
}

/** The keys that may sign for a log: a log's key is named as its origin, so that no key speaks for another log. */
export function keysOfLog(origin: string, trusted: readonly TrustedKey[]): readonly VerifierKey[] {
  if (!isKeyName(origin)) return [];
  return trusted.flatMap((one) => {
    if (one.kind === 'signing') return [];
    const key = one.kind === 'named' ? one.key : verifierKeyOf(origin, one.publicKey);
    return key.name === origin ? [key] : [];
  });
}

/** What follows from trusted keys for a log; its statements are to be taken one after another. */
export function historyOfLog(origin: string, trusted: readonly TrustedKey[]): KeyHistory {
  const ofLog = keysOfLog(origin, trusted).map(({ object }) => signingKeyOf(object));
  const signing = trusted.map((one) => (one.kind === 'signing' ? one.key : null));
  return new KeyHistory(origin, [...ofLog, ...signing].filter((key) => key !== null));
}

function namedKey(line: string): TrustedKey {
  const key = parseVerifierKey(line);
  if (key === null) throw new Failure('USAGE', `Cannot read the key: found ${quote(line)}, expected <name>+<id>+<base64> of an Ed25519 key.`);
  return { kind: 'named', key };
}

function pemKey(pem: string): TrustedKey {
  if (pem.includes('PRIVATE KEY')) throw new Failure('USAGE', 'Cannot use the key: found a private key, expected a public one. Nobody but the server should hold the private key.');
  try {
    const object = createPublicKey(pem);
    const key = signingKeyOf(object);
    return key?.algorithm === 'ES256' ? { kind: 'signing', key } : { kind: 'bare', publicKey: rawPublicKey(object) };
  } catch (thrown) {
    throw new Failure('USAGE', 'Cannot read the key: expected a public key in PEM form, Ed25519 or ES256 (P-256).', { cause: thrown });
  }
}
