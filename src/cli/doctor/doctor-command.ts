import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';

export function addDoctorCommand(program: Command, { terminal, finish }: Commands): void {
  program
    .command('doctor')
    .description('Look at everything that has to be right, in order. Exit 0 when it is, 1 when something is wrong, 3 when something could not be looked at.')
    .option('--repo <dir>', 'a clone of a governed repository', '.')
    .addOption(new Option('--format <format>', 'how to show it').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline doctor')}\n\nThe server's settings are read from the environment, as plumbline serve reads them.`)
    .action(async ({ repo, format }: { repo: string; format: string }) => {
      const { runDoctor } = await import('./run-doctor.ts');
      finish(await runDoctor(terminal, { repository: repo, isJson: format === 'json' }));
    });
}
