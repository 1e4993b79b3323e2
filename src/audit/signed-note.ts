import { base64Of, bytesOfBase64 } from './base64.ts';
import { isKeyName } from './verifier-key.ts';

export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A text signed by one or more keys, as specified by C2SP signed-note. Not believed before `openNote`. */
export interface SignedNote {
  /** With its final newline: exactly what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteReading =
  | { readonly kind: 'note'; readonly note: SignedNote }
  | { readonly kind: 'problem'; readonly why: string };

/** Reads a signed note strictly; nothing is repaired or skipped. */
export function readNote(signed: string): NoteReading {
  if (signed.length > longestNote) return problem(`it is longer than ${longestNote} characters`);
  if (!signed.isWellFormed()) return problem('it is not valid UTF-8');
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u0009\u000b-\u001f]/.test(signed)) return problem('it contains a control character');
  // Text may contain blank lines: only the last one separates, else an attacker moves signed lines out of the text.
  const end = signed.lastIndexOf('\n\n');
  if (end < 1) return problem('no blank line separates text and signatures');
  if (!signed.endsWith('\n')) return problem('its last line is not ended');
  const lines = signed.slice(end + 2).split('\n').slice(0, -1);
  if (lines.length === 0) return problem('it has no signature');
  if (lines.length > mostSignatures) return problem(`it has more than ${mostSignatures} signatures`);
  const signatures = lines.map(readSignature).filter((signature) => signature !== null);
  if (signatures.length !== lines.length) return problem('a signature line is malformed');
  return { kind: 'note', note: { text: signed.slice(0, end + 1), signatures } };
}

export function formatNote(note: SignedNote): string {
  return `${note.text}\n${note.signatures.map(formatSignature).join('')}`;
}

function readSignature(line: string): NoteSignature | null {
  const [dash, name, encoded, ...rest] = line.split(' ');
  if (dash !== '—' || name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) return null;
  const bytes = bytesOfBase64(encoded);
  if (bytes === null || bytes.length <= idLength) return null;
  return { name, keyId: Buffer.from(bytes.subarray(0, idLength)).toString('hex'), signature: bytes.subarray(idLength) };
}

function formatSignature({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${base64Of(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;
}

function problem(why: string): NoteReading {
  return { kind: 'problem', why };
}

const idLength = 4;
const longestNote = 1024 * 1024;
/** At least 16 must be accepted. */
const mostSignatures = 100;
