import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';

export function addSetupCommand(program: Command, { terminal, finish }: Commands): void {
  program
    .command('setup')
    .description('Register the GitHub App with a browser on this machine and write its credentials to a new file that only you can read.')
    .option('--url <address>', 'where GitHub will reach the server, https (default: PUBLIC_URL)')
    .option('--organization <login>', 'the organisation that shall own the App; left out, your own account')
    .option('--name <name>', 'the name of the App; you can change it on the page')
    .option('--out <file>', 'where to write; must not exist', '.env')
    .option('--port <number>', 'the port of the page on 127.0.0.1; any free one when left out', portOf, 0)
    .addHelpText('after', `${exampleOf('plumbline setup --url https://plumbline.example.com --organization octo-org')}\n\nFor GitHub Enterprise Server set GITHUB_URL and GITHUB_API_URL.`)
    .action(async (options: { url?: string; organization?: string; name?: string; out: string; port: number }) => {
      const { runSetup } = await import('./run-setup.ts');
      finish(await runSetup(terminal, { url: options.url ?? null, organization: options.organization ?? null, name: options.name ?? null, out: options.out, port: options.port }));
    });
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('expected a port.');
}
