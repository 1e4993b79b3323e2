import { hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bytesOfBase64 } from './base64.ts';
import { ed25519KeyOf } from './ed25519-key.ts';
import { formatNote, readNote } from './signed-note.ts';
import type { NoteSignature, SignedNote } from './signed-note.ts';
import { isKeyName } from './verifier-key.ts';

/** A public key that cosigns checkpoints (C2SP tlog-cosignature, Ed25519). */
export interface WitnessKey {
  readonly name: string;
  /** The key id in eight hex digits: the start of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key). */
  readonly id: string;
  readonly object: KeyObject;
}

/** Reads `<name>+<id>+<base64 of 0x04 and the key>`; null when it is not exactly that. */
export function parseWitnessKey(text: string): WitnessKey | null {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text) ?? [];
  const typed = bytesOfBase64(encoded);
  if (typed?.length !== 1 + keyLength || typed[0] !== cosigning || !isKeyName(name)) return null;
  if (hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8) !== id) return null;
  return { name, id, object: ed25519KeyOf(typed.subarray(1)) };
}

/**
 * Finds the cosignature of a witness among signature lines about a checkpoint. Lines of other keys are ignored; a wrong one of this
 * key is none. @returns The line with its end, and when it was made in seconds; null where there is none.
 */
export function findCosignature(text: string, lines: string, key: WitnessKey): { readonly line: string; readonly at: number } | null {
  const reading = readNote(`${text}\n${lines}`);
  const signature = reading.kind === 'note' && reading.note.text === text ? reading.note.signatures.find((one) => isOf(one, key) && cosigns(text, one, key)) : undefined;
  if (signature === undefined) return null;
  return { line: formatNote({ text: '', signatures: [signature] }).slice(1), at: Number(timeOf(signature)) };
}

/** What a checkpoint has of a witness: one wrong cosignature of its key beside a right one is wrong. @returns When the newest was made, in seconds. */
export function lookForCosignature({ text, signatures }: SignedNote, key: WitnessKey): { readonly kind: 'none' | 'wrong' } | { readonly kind: 'cosigned'; readonly at: bigint } {
  const own = signatures.filter((one) => isOf(one, key));
  if (own.some((one) => !cosigns(text, one, key))) return { kind: 'wrong' };
  const [first, ...others] = own.map(timeOf);
  return first === undefined ? { kind: 'none' } : { kind: 'cosigned', at: others.reduce((newest, at) => (at > newest ? at : newest), first) };
}

function isOf({ name, keyId }: NoteSignature, key: WitnessKey): boolean {
  return name === key.name && keyId === key.id;
}

function cosigns(text: string, one: NoteSignature, key: WitnessKey): boolean {
  if (one.signature.length !== timeLength + signatureLength) return false;
  const message = Buffer.from(`cosignature/v1\ntime ${timeOf(one)}\n${text}`);
  return verify(null, message, key.object, one.signature.subarray(timeLength));
}

function timeOf({ signature }: NoteSignature): bigint {
  return Buffer.from(signature).readBigUInt64BE();
}

const cosigning = 4;
const keyLength = 32;
const timeLength = 8;
const signatureLength = 64;
