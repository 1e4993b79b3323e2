import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import type { PolicyTryOptions } from './try-policies.ts';
import type { PolicyDigestOptions } from './print-policy-digest.ts';

export function addPolicyCommands(program: Command, { terminal, finish }: Commands): void {
  const policy = program.command('policy').description('Work on policies.').addHelpText('after', exampleOf('plumbline policy try --policies policies --input snapshot.json', 'plumbline policy test policies', 'plumbline policy explain governance/not_whitelisted', 'plumbline policy digest --ref origin/main'));
  addTry(policy, { terminal, finish });
  addTest(policy, { terminal, finish });
  addExplain(policy, { terminal, finish });
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

function addTry(policy: Command, { terminal, finish }: Commands): void {
  policy
    .command('try')
    .description('Evaluate rules in Rego, or a signed bundle, over an input document, and show what each rule answers for each subject.')
    .option('--policies <path>', 'a folder of Rego, or a bundle.tar.gz (default: the built-in rules)')
    .requiredOption('--input <file>', 'the input, a JSON object with its `version`; of version 1 it has the form of schemas/policy-input.schema.json')
    .option('--subject <name>', 'a subject that every rule must answer for, beside those that any rule names; may be given more than once', (name: string, before: readonly string[]) => [...before, name], [])
    .option('--keys <file>', 'for a bundle: the public keys that may have signed it, as a JWKS')
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline policy try --input snapshot.json', 'plumbline policy try --policies policies --input snapshot.json', 'plumbline policy try --policies bundle.tar.gz --keys keys.jwks.json --input snapshot.json --format json')}\n\nExit codes: 0 every answer is pass, 1 one is fail or the policies do not compile, 2 one is hold, 3 no total report, 64 wrong usage.`)
    .action(async (options: PolicyTryOptions) => {
      const { tryPolicies } = await import('./try-policies.ts');
      finish(await tryPolicies(terminal, options));
    });
}

function addExplain(policy: Command, { terminal, finish }: Commands): void {
  policy
    .command('explain')
    .description('Tell what a finding code means, which rule decides it, whether it can be waived and who releases it.')
    .argument('<code>', 'a finding code')
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline policy explain governance/not_whitelisted')}\n\nExit codes: 0 explained, 64 there is no such code.`)
    .action(async (code: string, { format }: { readonly format: 'pretty' | 'json' }) => {
      const { explainCode } = await import('./explain-code.ts');
      finish(await explainCode(terminal, code, format));
    });
}

function addTest(policy: Command, { terminal, finish }: Commands): void {
  policy
    .command('test')
    .description('Run the tests (*_test.rego) that stand beside rules in Rego, under the same capabilities as in a decision.')
    .argument('[folder]', 'a folder of Rego (default: the built-in rules)')
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline policy test policies')}\n\nExit codes: 0 every test passes, 1 one does not, there is none or the policies do not compile, 3 they could not be run, 64 wrong usage.`)
    .action(async (folder: string | undefined, { format }: { readonly format: 'pretty' | 'json' }) => {
      const { runPolicyTests } = await import('./test-policies.ts');
      finish(await runPolicyTests(terminal, folder ?? null, format));
    });
}
