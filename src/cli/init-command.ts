import type { Command } from 'commander';
import type { Commands } from './commands.ts';
import { exampleOf } from './commands.ts';

export function addInitCommand(program: Command, { terminal, finish }: Commands): void {
  program
    .command('init')
    .description('Write .github/plumbline.yml: everything is observed, nothing is blocked.')
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText('after', exampleOf('plumbline init'))
    .action(async ({ repo }: { repo: string }) => {
      const { writeFirstConfiguration } = await import('./write-first-configuration.ts');
      finish(await writeFirstConfiguration(terminal, repo));
    });
}
