import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { readSigningKey } from '../../probes/signatures/read-signing-key.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import { terminalText } from '../../render/escape.ts';
import type { Terminal } from '../terminal.ts';
import { whyUnreadable } from '../why-unreadable.ts';

const othersMayRead = 0o077;

/** The private key in a file of this disk. Warns where others than its owner can use it. @param next What to do where there is no such file. */
export async function readPrivateKey(terminal: Terminal, file: string, next: string): Promise<SigningKey> {
  const { bytes, mode } = await contentOf(resolve(terminal.directory, file), file, next);
  const key = readSigningKey(bytes, file);
  // Windows has no such modes and answers with one that says nothing.
  if (process.platform !== 'win32' && (mode & othersMayRead) !== 0) {
    terminal.tell(`${terminalText(`Warning: the private key ${JSON.stringify(file)} has mode ${(mode & 0o777).toString(8).padStart(4, '0')}, expected 0600: others than its owner can reach it. Next: chmod 600 ${shellWord(file)}`)}\n`);
  }
  return key;
}

async function contentOf(path: string, file: string, next: string): Promise<{ readonly bytes: Uint8Array; readonly mode: number }> {
  try {
    const handle = await open(path);
    try {
      return { bytes: await handle.readFile(), mode: (await handle.stat()).mode };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new Failure('USAGE', `Cannot read the key ${JSON.stringify(file)}: ${whyUnreadable(error)}. ${next}`, { cause: error });
  }
}
