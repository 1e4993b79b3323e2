import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import type { PolicyDigestOptions } from './print-policy-digest.ts';

export function addPolicyCommands(program: Command, { terminal, finish }: Commands): void {
  const policy = program.command('policy').description('Work on policies.').addHelpText('after', exampleOf('plumbline policy digest --ref origin/main'));
  policy
    .command('digest')
    .description('Print the checksum of the repository\'s own policies at a commit: what `policyBundleChecksum` of a contract released there states. Exit 0, or 3 when they could not be read.')
    .option('--ref <ref>', 'the branch that the contract would be merged into, or a commit (default: origin/HEAD, else main, else master)')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(new Option('--format <format>', 'how to show it; json also lists the policies').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', exampleOf('plumbline policy digest --ref origin/main'))
    .action(async (options: PolicyDigestOptions) => {
      const { printPolicyDigest } = await import('./print-policy-digest.ts');
      finish(await printPolicyDigest(terminal, options));
    });
}
