import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import type { BaselineOptions } from './record-baseline.ts';
import type { DriftOptions } from './run-drift-check.ts';

/** What measures behaviours from this machine. Nothing here writes to GitHub. */
export function addDriftCommands(program: Command, commands: Commands): void {
  const drift = program.command('drift').description('Measure behaviours now, and record what they are compared with.').addHelpText('after', exampleOf('plumbline drift check', 'plumbline drift baseline --record checkout-quality'));
  addCheck(drift, commands);
  addBaseline(drift, commands);
}

function addCheck(drift: Command, { terminal, finish }: Commands): void {
  withSources(drift.command('check'))
    .description('Measure the behaviours of the base as the system is now. Hosts and secrets are granted by BEHAVIOR_HOSTS and BEHAVIOR_SECRETS_FILE, as on the server.')
    .option('--behavior <name...>', 'only these')
    .option('--base <ref>', 'whose behaviours and baselines count (default: origin/HEAD, else main, else master)')
    .option('--organization <file>', 'the organisation\'s configuration: a directory that holds plumbline.yml, or the file')
    .addOption(new Option('--format <format>', 'how to show it').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline drift check', 'BEHAVIOR_HOSTS=metrics.example.com plumbline drift check --behavior checkout-quality --format json')}\n\nWhat only observes decides nothing. Exit codes: 0 all as agreed, 1 one drifted, 3 one could not be measured or nothing was judged, 64 wrong usage.`)
    .action(async (options: DriftOptions) => {
      const { runDriftCheck } = await import('./run-drift-check.ts');
      finish(await runDriftCheck(terminal, options));
    });
}

function addBaseline(drift: Command, { terminal, finish }: Commands): void {
  withSources(drift.command('baseline'))
    .description('Measure a behaviour of the working tree and record what was found as its baseline: files that `baselineSamples` names are written, for other metrics it says what to put where. Tells how often an unchanged behaviour would pass, and refuses less than 95 % unless the behaviour has `acceptBlocking: true`.')
    .requiredOption('--record <behavior>', 'its name')
    .addHelpText('after', `${exampleOf('plumbline drift baseline --record checkout-quality')}\n\nExit codes: 0 recorded, 1 refused, 3 it could not be measured, 64 wrong usage.`)
    .action(async (options: BaselineOptions) => {
      const { recordBaseline } = await import('./record-baseline.ts');
      finish(await recordBaseline(terminal, options));
    });
}

function withSources(command: Command): Command {
  return command.option('--repo <dir>', 'the repository, or a directory in it', '.').option('--allow-loopback', 'let behaviours be measured at this machine, by plain http: for trials');
}
