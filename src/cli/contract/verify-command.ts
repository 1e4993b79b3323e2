import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withRepo } from '../repo-option.ts';

/** What `contract verify` was asked, as typed. */
export interface VerifyOptions {
  readonly keys?: string;
  readonly repo: string;
  readonly format: string;
}

export function addVerifyCommand(contract: Command, { terminal, finish }: Commands): void {
  withRepo(contract.command('verify'))
    .description('Verify the signatures of contracts as they stand on this disk.')
    .argument('<files...>', 'YAML or JSON files')
    .option('--keys <file>', 'a JWKS with the keys (default: the key files that the working tree\'s configuration names)')
    .addOption(new Option('--format <format>', 'how to show the answers').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `\nThe App judges with the keys of the base, not with those of the working tree.\nExit codes: 0 all verified, 1 one is not, 3 could not be known, 64 wrong usage.${exampleOf('plumbline contract verify contracts/checkout.yaml', 'plumbline contract verify contracts/*.yaml --keys keys.jwks.json --format json')}`)
    .action(async (files: readonly string[], options: VerifyOptions) => {
      const { verifyContracts } = await import('./verify-contracts.ts');
      finish(await verifyContracts(terminal, files, options));
    });
}
