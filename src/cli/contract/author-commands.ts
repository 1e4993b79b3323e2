import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withBase } from '../repo-option.ts';
import type { BumpOptions } from './bump-contracts.ts';
import type { BaseOptions } from './contract-base.ts';
import type { InitOptions } from './init-contract.ts';

/** What writes contracts. Nothing outside of the repository is ever written, and no link is followed. */
export function addAuthorCommands(contract: Command, commands: Commands): void {
  addInit(contract, commands);
  addBump(contract, commands);
  addRelease(contract, commands);
  for (const [name, state] of [['deprecate', 'deprecated'], ['retire', 'retired']] as const) addState(contract, commands, name, state);
}

function addInit(contract: Command, { terminal, finish }: Commands): void {
  withBase(contract.command('init').description('Write a first draft of a contract, with what its schema asks for.').argument('<file>', 'a governed path that does not exist yet'))
    .option('--id <id>', 'its contractId (default: the name of the file)')
    .option('--schema <schema>', 'builtin:<name>/vN or the path of a JSON Schema at the base (default: those that the configuration names)')
    .addHelpText('after', exampleOf('plumbline contract init contracts/checkout.yaml', 'plumbline contract init contracts/checkout/v1.yaml --id checkout'))
    .action(async (file: string, options: InitOptions) => {
      const { initContract } = await import('./init-contract.ts');
      finish(await initContract(terminal, file, options));
    });
}

function addBump(contract: Command, { terminal, finish }: Commands): void {
  withBase(contract.command('bump').description('Make changed contracts the successors of their newest releases: version, previousContractRef and policyBundleChecksum.').argument('<files...>', 'contracts that changed'))
    .addOption(new Option('--level <level>', 'the part of the version to raise (default: the smallest that the change needs)').choices(['patch', 'minor', 'major']))
    .option('--sign <key>', 'sign the result with this private key, in PEM or as a JWK')
    .option('--dry-run', 'say what would be set and write nothing')
    .addHelpText('after', `${exampleOf('plumbline contract bump contracts/checkout.yaml', 'plumbline contract bump contracts/*.yaml --sign ~/keys/contracts.pem')}\n\nExit codes: 0 done or nothing to do, 1 refused and nothing was changed, 3 could not be known, 64 wrong usage.`)
    .action(async (files: string[], options: BumpOptions) => {
      const { bumpContracts } = await import('./bump-contracts.ts');
      finish(await bumpContracts(terminal, files, options));
    });
}

function addRelease(contract: Command, { terminal, finish }: Commands): void {
  withBase(contract.command('release').description('Release a draft: it becomes active, and gets the version, reference and checksum that it lacks.').argument('<file>', 'a draft'))
    .addHelpText('after', exampleOf('plumbline contract release contracts/checkout.yaml'))
    .action(async (file: string, options: BaseOptions) => {
      const { releaseContract } = await import('./release-contract.ts');
      finish(await releaseContract(terminal, file, options));
    });
}

function addState(contract: Command, { terminal, finish }: Commands, name: 'deprecate' | 'retire', state: 'deprecated' | 'retired'): void {
  withBase(contract.command(name).description(`Set the lifecycle to ${state}, and change nothing else.`).argument('<file>', 'a contract'))
    .addHelpText('after', exampleOf(`plumbline contract ${name} contracts/checkout.yaml`))
    .action(async (file: string, options: BaseOptions) => {
      const { changeLifecycle } = await import('./change-lifecycle.ts');
      finish(await changeLifecycle(terminal, file, state, options));
    });
}
