import { Option } from 'commander';
import type { Command } from 'commander';
import { signatureAlgorithms } from '../../domain/signature/signature-algorithm.ts';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withRepo } from '../repo-option.ts';

/** What `contract key` was asked, as typed. */
export interface KeyOptions {
  readonly private: string;
  readonly keys?: string;
  readonly algorithm: string;
  readonly notAfter?: string;
  readonly repo: string;
}

export function addKeyCommand(contract: Command, { terminal, finish }: Commands): void {
  withRepo(contract.command('key'), 'its configuration names the key file; files that you name start where you stand')
    .description('Make a key that signs contracts: the private key into a new file, the public key into the key file.')
    .argument('<kmsKeyRef>', 'the id of the key: local:<name>')
    .requiredOption('--private <file>', 'where the private key goes, as PEM with mode 0600; never over an existing file')
    .option('--keys <file>', 'the key file (default: the first plain path under `keys` in the configuration, else .plumbline/keys.jwks.json)')
    .addOption(new Option('--algorithm <algorithm>', 'what it signs with').choices([...signatureAlgorithms]).default('ES256'))
    .option('--not-after <end>', 'a day or an instant from which on nothing new is released with it')
    .addHelpText('after', exampleOf('plumbline contract key local:checkout --private ~/keys/checkout.pem'))
    .action(async (reference: string, options: KeyOptions) => {
      const { makeContractKey } = await import('./make-contract-key.ts');
      finish(await makeContractKey(terminal, reference, options));
    });
}
