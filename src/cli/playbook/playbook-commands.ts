import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withBase, withRepo } from '../repo-option.ts';
import type { DryRunOptions } from './dry-run-playbook.ts';

interface ShownOptions {
  readonly repo: string;
  readonly format: 'pretty' | 'json';
}

const ofPlaybooks = 'its configuration names playbooks beside the built-in ones';

export function addPlaybookCommands(program: Command, commands: Commands): void {
  const playbook = program.command('playbook').description('Look at the recipes by which drifts are mended, and try them.').addHelpText('after', exampleOf('plumbline playbook list', 'plumbline playbook show restore-contract', 'plumbline playbook dry-run restore-contract --target contracts/checkout.yaml', 'plumbline playbook test'));
  addList(playbook, commands);
  addShow(playbook, commands);
  addTest(playbook, commands);
  addDryRun(playbook, commands);
}

function addList(playbook: Command, { terminal, finish }: Commands): void {
  shown(withRepo(playbook.command('list').description('List the playbooks: those that come with Plumbline, and those that the configuration of the working tree names.'), ofPlaybooks))
    .addHelpText('after', `${exampleOf('plumbline playbook list')}\n\nExit codes: 0 listed, 1 a file is not valid and was left out, 64 wrong usage.`)
    .action(async (options: ShownOptions) => {
      const { listPlaybooks } = await import('./list-playbooks.ts');
      finish(await listPlaybooks(terminal, options));
    });
}

function addShow(playbook: Command, { terminal, finish }: Commands): void {
  shown(withRepo(playbook.command('show').description('Print everything that a playbook says, and how what it does is undone.').argument('<id>', 'id of a playbook'), ofPlaybooks))
    .addHelpText('after', `${exampleOf('plumbline playbook show restore-contract')}\n\nExit codes: 0 shown, 64 there is no such playbook.`)
    .action(async (id: string, options: ShownOptions) => {
      const { showPlaybook } = await import('./show-playbook.ts');
      finish(await showPlaybook(terminal, id, options));
    });
}

function addTest(playbook: Command, { terminal, finish }: Commands): void {
  shown(withRepo(playbook.command('test').description('Run the tests of playbooks from end to end: each in a temporary git repository, with the merge of its plan and what undoes it. Nothing is asked of a network.').argument('[ids...]', 'ids of playbooks (default: all)'), ofPlaybooks))
    .addHelpText('after', `${exampleOf('plumbline playbook test', 'plumbline playbook test restore-contract --format json')}\n\nExit codes: 0 every test passes, 1 one does not or there is none, 3 they could not be run, 64 wrong usage.`)
    .action(async (ids: readonly string[], options: ShownOptions) => {
      const { testPlaybooks } = await import('./test-playbooks.ts');
      finish(await testPlaybooks(terminal, ids, options));
    });
}

function addDryRun(playbook: Command, { terminal, finish }: Commands): void {
  shown(withBase(playbook.command('dry-run').description('Print the exact plan of a playbook against the working copy, its diff, and how it is undone. Nothing is written.').argument('<id>', 'id of a playbook')))
    .option('--target <path>', 'the file that drifted, in the repository')
    .option('--template <path>', 'the template that the file is managed by; with org: before it the organisation\'s')
    .option('--class <word>', 'class of the drift (default: the first one that the playbook is for)')
    .option('--code <code>', 'the finding that tells the drift')
    .addOption(new Option('--drift <file>', 'the whole drift as JSON or YAML, as in the tests of a playbook').conflicts(['target', 'template', 'class', 'code']))
    .option('--organization <dir>', 'a checkout of the organisation\'s .github repository, for its templates')
    .addHelpText('after', `${exampleOf('plumbline playbook dry-run restore-contract --target contracts/checkout.yaml', 'plumbline playbook dry-run pin-dependency --drift drift.yaml')}\n\nExit codes: 0 planned, 1 refused with the reason, 3 something could not be read, 64 wrong usage.`)
    .action(async (id: string, options: DryRunOptions) => {
      const { dryRunPlaybook } = await import('./dry-run-playbook.ts');
      finish(await dryRunPlaybook(terminal, id, options));
    });
}

function shown(command: Command): Command {
  return command.addOption(new Option('--format <format>', 'how it is shown').choices(['pretty', 'json']).default('pretty'));
}
