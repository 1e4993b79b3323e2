import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withRepo } from '../repo-option.ts';
import { addAuthorCommands } from './author-commands.ts';
import { addKeyCommand } from './key-command.ts';
import type { HashOptions } from './print-contract-hash.ts';
import { addReviewCommands } from './review-commands.ts';
import { addSignCommand } from './sign-command.ts';
import { addVerifyCommand } from './verify-command.ts';

export function addContractCommands(program: Command, commands: Commands): void {
  const contract = program.command('contract').description('Work on contracts.').addHelpText('after', exampleOf('plumbline contract bump contracts/checkout.yaml'));
  for (const add of [addAuthorCommands, addReviewCommands, addHashCommand, addKeyCommand, addSignCommand, addVerifyCommand]) add(contract, commands);
}

function addHashCommand(contract: Command, { terminal, finish }: Commands): void {
  withRepo(contract.command('hash'))
    .description('Print the hash of a contract\'s content: what `previousContractRef` of its successor states.')
    .argument('<files...>', 'YAML or JSON files')
    .addOption(new Option('--format <format>', 'how to show it').choices(['plain', 'json']).default('plain'))
    .addHelpText('after', exampleOf('plumbline contract hash contracts/checkout.yaml', 'plumbline contract hash contracts/*.yaml --format json'))
    .action(async (files: string[], options: HashOptions) => {
      const { printContractHashes } = await import('./print-contract-hash.ts');
      finish(await printContractHashes(terminal, files, options));
    });
}
