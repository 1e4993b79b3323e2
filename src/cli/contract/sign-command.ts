import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withRepo } from '../repo-option.ts';

/** What `contract sign` was asked, as typed. */
export interface SignOptions {
  readonly key: string;
  readonly kid?: string;
  readonly repo: string;
}

export function addSignCommand(contract: Command, { terminal, finish }: Commands): void {
  withRepo(contract.command('sign'))
    .description('Sign the content of a contract with a private key of this disk, and write the signature into the file.')
    .argument('<file>', 'a YAML or JSON file')
    .requiredOption('--key <file>', 'the private key: PEM (PKCS#8) or JWK; P-256, P-384, Ed25519 or RSA')
    .option('--kid <ref>', 'written as kmsKeyRef where the contract has none; that changes its content')
    .addHelpText('after', `\nOnly keys of this disk sign (kmsKeyRef local:…). What awskms:, gcpkms: or vault: keep is signed there; Plumbline verifies it.${exampleOf('plumbline contract sign contracts/checkout.yaml --key ~/keys/checkout.pem')}`)
    .action(async (file: string, options: SignOptions) => {
      const { signContract } = await import('./sign-contract.ts');
      finish(await signContract(terminal, file, options));
    });
}
