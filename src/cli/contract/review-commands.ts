import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withBase } from '../repo-option.ts';
import type { DiffOptions } from './compare-contracts.ts';
import type { LogOptions } from './print-contract-log.ts';

/** What reads contracts and their past. */
export function addReviewCommands(contract: Command, { terminal, finish }: Commands): void {
  withFormat(withBase(contract.command('log').description('Print the versions of a contract from first-parent history, each link checked.').argument('<contract>', 'a file or a contractId')))
    .addHelpText('after', `${exampleOf('plumbline contract log checkout', 'plumbline contract log contracts/checkout.yaml --format json')}\n\nExit codes: 0 every link holds, 1 one does not, 3 could not be known, 64 wrong usage.`)
    .action(async (name: string, options: LogOptions) => {
      const { printContractLog } = await import('./print-contract-log.ts');
      finish(await printContractLog(terminal, name, options));
    });
  withFormat(withBase(contract.command('diff').description('List what differs between two contracts, with the class of each change and the smallest version that follows.').argument('<a>', 'a file, <ref>:<path>, or <id>@<version>').argument('[b]', 'the same; left out, the newest release is compared with a')))
    .addHelpText('after', `${exampleOf('plumbline contract diff contracts/checkout.yaml', 'plumbline contract diff checkout@1.0.0 main:contracts/checkout.yaml')}\n\nExit codes: 0 nothing differs, 1 something does, 3 could not be known, 64 wrong usage.`)
    .action(async (a: string, b: string | undefined, options: DiffOptions) => {
      const { compareContracts } = await import('./compare-contracts.ts');
      finish(await compareContracts(terminal, b === undefined ? [a] : [a, b], options));
    });
}

function withFormat(command: Command): Command {
  return command.addOption(new Option('--format <format>', 'how to show it').choices(['pretty', 'json']).default('pretty'));
}
