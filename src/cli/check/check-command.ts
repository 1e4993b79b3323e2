import { Option } from 'commander';
import type { Command } from 'commander';
import { requiredGates } from '../../domain/gate-name.ts';
import { formats } from '../../render/render-format.ts';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';

/** What `check` was asked, as typed. */
export interface CheckOptions {
  readonly repo: string;
  readonly base?: string;
  readonly head?: string;
  readonly worktree?: boolean;
  readonly context?: string;
  readonly organization?: string;
  readonly keys?: string;
  readonly gate?: readonly string[];
  readonly now?: string;
  readonly online?: boolean;
  readonly strict?: boolean;
  readonly format: string;
}

export function addCheckCommand(program: Command, { terminal, finish }: Commands): void {
  program
    .command('check')
    .description('Judge a range of commits, or the working tree, as the App would judge a pull request.')
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'the branch it would be merged into (default: origin/HEAD, else main, else master)')
    .option('--head <ref>', 'the change (default: HEAD)')
    .addOption(new Option('--worktree', 'judge the working tree, with untracked files that are not ignored').conflicts('head'))
    .option('--context <file>', 'what only GitHub knows, as JSON by schemas/check-context.schema.json')
    .option('--organization <file>', 'the organisation\'s configuration: a file, or a directory that holds plumbline.yml')
    .option('--keys <file>', 'the operator\'s keys that may sign contracts beside those of the base: a JWKS, as CONTRACT_KEYS_PATH')
    .option('--gate <gates...>', `only these gates: ${requiredGates.join(', ')}`)
    .option('--now <time>', 'judge as of this instant, ISO 8601 in UTC')
    .option('--online', 'let gates ask the network; this version has none that does')
    .option('--strict', 'exit 3 when something was left out that the App would ask')
    .addOption(new Option('--format <format>', 'how to show the decision').choices([...formats]).default('pretty'))
    .addHelpText('after', exampleOf('plumbline check', 'plumbline check --base origin/main --format github', 'plumbline check --worktree'))
    .action(async (options: CheckOptions) => {
      const { runCheck } = await import('./run-check.ts');
      finish(await runCheck(terminal, options));
    });
}
