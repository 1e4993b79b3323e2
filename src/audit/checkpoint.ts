import { verify } from 'node:crypto';
import { Failure } from '../domain/failure.ts';
import { base64Of, bytesOfBase64 } from './base64.ts';
import { hashLength } from './merkle-hash.ts';
import { formatNote, readNote } from './signed-note.ts';
import type { SignedNote } from './signed-note.ts';
import { verifierKeyOf } from './verifier-key.ts';

/** What a log commits to at a size (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Identity of the log: `<host>/<account id>`. Also the name of its key. */
  readonly origin: string;
  readonly size: number;
  /** RFC 6962 root, 32 bytes. */
  readonly root: Uint8Array;
}

export type CheckpointReading =
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint; readonly note: SignedNote }
  | { readonly kind: 'problem'; readonly why: string };

/** What signs checkpoints; `LogSigner` of the ports is one. */
export interface CheckpointSigner {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Reads a checkpoint strictly. Signatures are not checked here: see `openNote`. */
export function readCheckpoint(signed: string): CheckpointReading {
  const reading = readNote(signed);
  if (reading.kind === 'problem') return reading;
  const [origin = '', size = '', root = '', ...extensions] = reading.note.text.split('\n').slice(0, -1);
  const hash = bytesOfBase64(root);
  if (origin === '') return problem('it has no origin');
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size))) return problem('its size is not a decimal number without leading zeros');
  if (hash?.length !== hashLength) return problem('its root is not the base64 of 32 bytes');
  if (extensions.includes('')) return problem('it has an empty extension line');
  return { kind: 'checkpoint', checkpoint: { origin, size: Number(size), root: hash }, note: reading.note };
}

/** The text that is signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64Of(root)}\n`;
}

/** Signs a checkpoint under its origin as key name, and checks the signature before anyone relies on it. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: CheckpointSigner): Promise<string> {
  const key = verifierKeyOf(checkpoint.origin, signer.publicKey);
  const text = formatCheckpoint(checkpoint);
  const message = Buffer.from(text);
  const signature = await signer.sign(message);
  if (!verify(null, message, key.object, signature)) {
    throw new Failure('CONFIG_INVALID', 'Cannot sign a checkpoint: the log key made a signature that its public key refuses. Configure both halves of one Ed25519 key.');
  }
  return formatNote({ text, signatures: [{ name: key.name, keyId: key.id, signature }] });
}

function problem(why: string): CheckpointReading {
  return { kind: 'problem', why };
}
