import type { AccountSealing } from '../../flows/seal-checkpoint.ts';
import type { Operations } from '../../flows/operations.ts';
import { terminalText } from '../../render/escape.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Lets a running server seal, so that what is read next is covered to its end. Trouble with that is told and no reason
 * not to read: what is wrong with a log shows when it is verified.
 */
export async function sealFirst(terminal: Terminal, operations: Operations, account: number | null): Promise<void> {
  tellUnsealed(terminal, await operations.seal(account));
}

export function tellUnsealed(terminal: Terminal, sealings: readonly AccountSealing[]): void {
  for (const one of sealings) {
    if (one.kind === 'failed') terminal.tell(`The log of account ${one.account} was not sealed first: ${terminalText(one.failure.message)}\n`);
  }
}
