import { contentHash } from '../../domain/contract/contract-content.ts';
import type { Digest } from '../../domain/digest.ts';
import { inertJson, terminalText } from '../../render/escape.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { readWorkingContract } from './working-contract.ts';

export interface HashOptions {
  readonly repo: string;
  readonly format: string;
}

/** One file: the hash alone on standard output, for scripts. Several: each with its name behind it. A file that is no document is a no, with line and column. */
export async function printContractHashes(terminal: Terminal, files: readonly string[], { repo, format }: HashOptions): Promise<number> {
  const hashes: { readonly file: string; readonly hash: Digest }[] = [];
  for (const file of files) {
    const contract = await readWorkingContract(terminal, file, repo);
    if (contract !== null) hashes.push({ file, hash: contentHash(contract.document, contract.fields) });
  }
  if (format === 'json') terminal.write(`${inertJson(hashes)}\n`);
  else for (const { file, hash } of hashes) terminal.write(files.length === 1 ? `${hash}\n` : `${hash}  ${terminalText(file)}\n`);
  return hashes.length === files.length ? exitCodes.allow : exitCodes.deny;
}
