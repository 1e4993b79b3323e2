import type { Command } from 'commander';
import { requiredGates } from '../../domain/gate-name.ts';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { withRangeOptions } from './range-options.ts';

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
  withRangeOptions(program.command('check'))
    .description('Judge a range of commits, or the working tree, as the App would judge a pull request. Where git does not tell what was released, the App does: here that ends with 3.')
    .option('--keys <file>', 'the operator\'s keys that may sign contracts beside those of the base: a JWKS, as CONTRACT_KEYS_PATH')
    .option('--gate <gates...>', `only these gates: ${requiredGates.join(', ')}`)
    .option('--online', 'let gates ask the network: registries whether packages exist, and hosts of POLICY_BUNDLE_HOSTS for ready bundles of policies')
    .addHelpText('after', exampleOf('plumbline check', 'plumbline check --base origin/main --format github', 'plumbline check --worktree'))
    .action(async (options: CheckOptions) => {
      const { runCheck } = await import('./run-check.ts');
      finish(await runCheck(terminal, options));
    });
}
