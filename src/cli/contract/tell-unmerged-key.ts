import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import { terminalText } from '../../render/escape.ts';
import type { Terminal } from '../terminal.ts';
import { keysAtBase } from './base-keys.ts';
import type { KeyBase } from './base-keys.ts';
import { keyStep } from './key-step.ts';
import { usableKeys } from './usable-keys.ts';

/** A contract that was signed. */
export interface SignedFile {
  readonly file: string;
  readonly kid: string;
}

/** Says of each contract that was signed with a key that its base does not have what has to be merged first. */
export async function tellUnmergedKey(terminal: Terminal, base: KeyBase & { readonly root: string }, { publicKey }: SigningKey, signed: readonly SignedFile[]): Promise<void> {
  if (signed.length === 0) return;
  const [known, inWork] = await Promise.all([keysAtBase(base), usableKeys(base.root, base.configuration)]);
  for (const { file, kid } of signed) {
    const step = keyStep(kid, publicKey, { branch: base.base.branch, atBase: known.keys, inWork, now: terminal.now() });
    const [lost] = known.unavailable;
    const words = lost === undefined ? `can not be merged yet. ${step}` : `may be refused: whether ${base.base.branch} has its key is not known (${lost.what}: ${lost.why}).`;
    if (step !== null) terminal.tell(`${terminalText(`${file} ${words}`)}\n`);
  }
}
