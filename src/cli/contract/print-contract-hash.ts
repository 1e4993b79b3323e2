import { contentHash } from '../../domain/contract/contract-content.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { readWorkingContract } from './working-contract.ts';

/** The hash alone on standard output, for scripts; a file that is no document is a no, with line and column. */
export async function printContractHash(terminal: Terminal, file: string, repository: string): Promise<number> {
  const contract = await readWorkingContract(terminal, file, repository);
  if (contract === null) return exitCodes.deny;
  terminal.write(`${contentHash(contract.document, contract.fields)}\n`);
  return exitCodes.allow;
}
