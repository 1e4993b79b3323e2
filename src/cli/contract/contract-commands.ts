import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { addKeyCommand } from './key-command.ts';
import { addSignCommand } from './sign-command.ts';
import { addVerifyCommand } from './verify-command.ts';

export function addContractCommands(program: Command, commands: Commands): void {
  const { terminal, finish } = commands;
  const contract = program.command('contract').description('Work on contracts.').addHelpText('after', exampleOf('plumbline contract hash contracts/checkout.yaml'));
  contract
    .command('hash')
    .description('Print the hash of a contract\'s content: what `previousContractRef` of its successor states.')
    .argument('<file>', 'a YAML or JSON file')
    .option('--repo <dir>', 'the repository whose configuration maps the fields', '.')
    .addHelpText('after', exampleOf('plumbline contract hash contracts/checkout.yaml'))
    .action(async (file: string, { repo }: { repo: string }) => {
      const { printContractHash } = await import('./print-contract-hash.ts');
      finish(await printContractHash(terminal, file, repo));
    });
  for (const add of [addKeyCommand, addSignCommand, addVerifyCommand]) add(contract, commands);
}
