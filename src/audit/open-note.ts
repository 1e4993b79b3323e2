import { verify } from 'node:crypto';
import type { SignedNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';
import { quote } from './quote.ts';

export type NoteOpening =
  | { readonly kind: 'signed'; readonly by: readonly VerifierKey[] }
  | { readonly kind: 'refused'; readonly reason: 'key_unknown' | 'signature'; readonly why: string };

/**
 * Checks a note against trusted keys. Signatures of other keys are ignored, as rotation and witnesses need; but one
 * wrong signature of a trusted key refuses the whole note, and so does having none.
 */
export function openNote(note: SignedNote, trusted: readonly VerifierKey[]): NoteOpening {
  const by: VerifierKey[] = [];
  for (const { name, keyId, signature } of note.signatures) {
    const key = trusted.find((one) => one.name === name && one.id === keyId);
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(note.text), key.object, signature)) {
      return { kind: 'refused', reason: 'signature', why: `the signature of key ${quote(`${name}+${keyId}`)} is wrong` };
    }
    by.push(key);
  }
  return by.length > 0 ? { kind: 'signed', by } : unknownKey(note);
}

function unknownKey(note: SignedNote): NoteOpening {
  const found = note.signatures.map(({ name, keyId }) => quote(`${name}+${keyId}`)).slice(0, 3);
  return { kind: 'refused', reason: 'key_unknown', why: `it is signed by ${found.join(', ')}, which is not among the trusted keys` };
}
