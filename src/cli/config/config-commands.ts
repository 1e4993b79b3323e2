import type { Command } from 'commander';
import { Option } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';

export function addConfigCommands(program: Command, commands: Commands): void {
  const config = program.command('config').description('Check, show and detach configurations.').addHelpText('after', exampleOf('plumbline config check', 'plumbline config show --effective'));
  addCheck(config, commands);
  addShow(config, commands);
  addDetach(config, commands);
}

const formatOption = (): Option => new Option('--format <format>', 'how to show it').choices(['pretty', 'json']).default('pretty');

function addCheck(config: Command, { terminal, finish }: Commands): void {
  config
    .command('check')
    .description('Validate a configuration file. Exit 0 when it is valid, 1 when not.')
    .argument('[file]', 'the file; the repository\'s own when left out')
    .option('--organization <file>', 'the organisation\'s configuration: a file, or a directory that holds plumbline.yml; nothing in the file may loosen it')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline config check', 'plumbline config check plumbline.yml'))
    .action(async (file: string | undefined, options: { organization?: string; repo: string; format: string }) => {
      const { checkConfiguration } = await import('./check-configuration.ts');
      finish(await checkConfiguration(terminal, { repo: options.repo, file: file ?? null, organization: options.organization ?? null, isJson: options.format === 'json' }));
    });
}

function addShow(config: Command, { terminal, finish }: Commands): void {
  config
    .command('show')
    .description('Show the configuration, or with --effective every key in force and who set it.')
    .option('--effective', 'with defaults and the organisation\'s keys')
    .option('--organization <file>', 'the organisation\'s configuration: a file, or a directory that holds plumbline.yml')
    .option('--branch <name>', 'the default branch', 'main')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline config show --effective --organization ../.github'))
    .action(async (options: { effective?: boolean; organization?: string; branch: string; repo: string; format: string }) => {
      const { showConfiguration } = await import('./show-configuration.ts');
      finish(await showConfiguration(terminal, { repo: options.repo, isEffective: options.effective === true, organization: options.organization ?? null, defaultBranch: options.branch, isJson: options.format === 'json' }));
    });
}

function addDetach(config: Command, { terminal, finish }: Commands): void {
  config
    .command('detach')
    .description('Forget a configuration that is gone on purpose. Run it beside the server, with its settings.')
    .argument('<name>', 'an organisation or user, or owner/repo')
    .requiredOption('--by <login>', 'who decides it: an owner of the organisation, or an administrator of the repository')
    .addHelpText('after', exampleOf('plumbline config detach octo-org/hello --by octocat'))
    .action(async (name: string, options: { by: string }) => {
      const { detachConfiguration } = await import('./detach-configuration.ts');
      finish(await detachConfiguration(terminal, { name, by: options.by }));
    });
}
