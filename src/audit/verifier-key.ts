import { hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { base64Of, bytesOfBase64 } from './base64.ts';
import { ed25519KeyOf } from './ed25519-key.ts';

/** A public key that signs notes under a name (C2SP signed-note, Ed25519). */
export interface VerifierKey {
  readonly name: string;
  /** The key id in eight hex digits: the start of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
  readonly id: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly object: KeyObject;
}

/** @throws TypeError on a name that notes can not carry, or bytes that are no Ed25519 key. */
export function verifierKeyOf(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new TypeError('Cannot name a key: found blanks, "+", control characters or nothing, expected a plain name');
  if (publicKey.length !== keyLength) throw new TypeError(`Cannot read a public key: found ${publicKey.length} bytes, expected ${keyLength}`);
  const typed = Buffer.concat([Uint8Array.of(ed25519), publicKey]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8);
  return { name, id, publicKey, object: ed25519KeyOf(publicKey) };
}

/** The id of an Ed25519 key as statements about keys name it, whatever it is called as: of its SubjectPublicKeyInfo (RFC 8410). */
export function signingKeyIdOf(publicKey: Uint8Array): Digest {
  return digestOfBytes(Buffer.concat([spkiPrefix, publicKey]));
}

/** `<name>+<id>+<base64>`: how keys of notes are handed around. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${base64Of(Buffer.concat([Uint8Array.of(ed25519), key.publicKey]))}`;
}

/** Null when it is not exactly a verifier key with an Ed25519 key and the id that belongs to it. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text);
  const [, name = '', id, encoded = ''] = parts ?? [];
  const typed = bytesOfBase64(encoded);
  if (typed === null || typed.length !== 1 + keyLength || typed[0] !== ed25519 || !isKeyName(name)) return null;
  const key = verifierKeyOf(name, typed.subarray(1));
  return key.id === id ? key : null;
}

export function isKeyName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  return name !== '' && name.isWellFormed() && !/[\s\u0000-\u001f\u0085+]/u.test(name);
}

const ed25519 = 1;
const keyLength = 32;
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
