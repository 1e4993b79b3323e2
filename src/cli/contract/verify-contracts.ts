import { resolve } from 'node:path';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { inertJson, terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { readKeysFile } from '../config/keys-file.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { verifyContract } from './verified-contract.ts';
import type { VerifiedContract } from './verified-contract.ts';
import type { VerifyOptions } from './verify-command.ts';
import { readWorkingContract, workingConfiguration } from './working-contract.ts';
import { readWorkingKeys } from './working-keys.ts';

/** One answer for each file, in the order in which they were named. */
export async function verifyContracts(terminal: Terminal, files: readonly string[], options: VerifyOptions): Promise<number> {
  const keys = await keysOf(terminal, options);
  const answers: VerifiedContract[] = [];
  let isReadable = true;
  for (const file of files) {
    const contract = await readWorkingContract(terminal, file, options.repo);
    if (contract === null) isReadable = false;
    else answers.push(await verifyContract(contract, keys, terminal.now()));
  }
  terminal.write(options.format === 'json' ? `${inertJson(answers)}\n` : answers.map((answer) => lineOf(answer)).join(''));
  if (!isReadable || answers.some(({ status }) => status !== 'verified' && status !== 'unknown')) return exitCodes.deny;
  return answers.some(({ status }) => status === 'unknown') ? exitCodes.unknown : exitCodes.allow;
}

async function keysOf(terminal: Terminal, { keys, repo }: VerifyOptions): Promise<readonly PublicKey[]> {
  if (keys !== undefined) return await readKeysFile(terminal.directory, keys);
  const root = await repositoryRoot(resolve(terminal.directory, repo));
  const known = await readWorkingKeys(root, await workingConfiguration(root, repo));
  if (known.files.length === 0) terminal.tell('The configuration of the working tree names no key file that stands here. Name one with: --keys <file>\n');
  return known.keys;
}

function lineOf(answer: VerifiedContract): string {
  const key = answer.kid === null ? '-' : terminalText(answer.kid);
  const ended = answer.hasEnded ? ` (the key is good for no new release since ${terminalText(answer.notAfter ?? '')})` : '';
  const said = answer.status === 'verified' ? `verified, ${answer.algorithm ?? ''}${ended}` : `not verified: ${terminalText(answer.why ?? answer.status)}`;
  return `${terminalText(answer.file)}  ${answer.hash}  ${key}  ${said}\n`;
}
