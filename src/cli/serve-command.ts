import type { Command } from 'commander';
import type { Commands } from './commands.ts';
import { exampleOf } from './commands.ts';

export function addServeCommand(program: Command, { terminal, finish }: Commands): void {
  program
    .command('serve')
    .description('Run the server of the GitHub App. Its settings are environment variables; wrong ones end it with 64.')
    .addHelpText('after', exampleOf('plumbline doctor    # checks the settings first', 'plumbline serve'))
    .action(async () => {
      const { serve } = await import('../main.ts');
      finish(await serve(terminal.environment));
    });
}
