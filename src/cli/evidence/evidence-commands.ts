import { Option } from 'commander';
import type { Command } from 'commander';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { accountOption, storeNote } from '../store-options.ts';
import type { CheckEvidenceOptions } from './check-evidence.ts';
import type { InitEvidenceOptions } from './init-evidence.ts';

/** What an agent, or whoever answers for it, says about a change, and what Plumbline makes of it. */
export function addEvidenceCommands(program: Command, commands: Commands): void {
  const evidence = program.command('evidence').description('Say what a change claims and cites, and see what comes of checking it.').addHelpText('after', exampleOf('plumbline evidence init', 'plumbline evidence check'));
  addInit(evidence, commands);
  addCheck(evidence, commands);
  addCalibration(evidence, commands);
}

function addInit(evidence: Command, { terminal, finish }: Commands): void {
  withRange(evidence.command('init'))
    .description('Write an evidence document for the change, bound to it, with a claim to fill in for each changed file. Where the document is there already, it is bound to the change as it is now, and what it lacks is added.')
    .option('--output <file>', 'where to write it; it has to fit `hallucination.evidence` (default: named after the branch); "-" writes it to standard output, for the text of a pull request')
    .option('--pull-request <number>', 'the pull request that it is about')
    .option('--model <id>', 'the model that made the change')
    .addHelpText('after', `${exampleOf('plumbline evidence init', 'plumbline evidence init --output - --model my-model')}\n\nExit codes: 0 written, 3 the change could not be read, 64 wrong usage.`)
    .action(async (options: InitEvidenceOptions) => {
      const { initEvidence } = await import('./init-evidence.ts');
      finish(await initEvidence(terminal, options));
    });
}

function addCheck(evidence: Command, { terminal, finish }: Commands): void {
  withRange(evidence.command('check'))
    .description('Check the evidence of the change as the App does, as if an agent had a hand in it: its form, whether it is about this change, and every claim with what it cites.')
    .option('--context <file>', 'what only GitHub knows, as JSON by schemas/check-context.schema.json: the text of the pull request may carry evidence')
    .option('--now <time>', 'judge as of this instant, ISO 8601 in UTC')
    .option('--online', 'let it ask the network, such as the registries of packages')
    .addOption(new Option('--format <format>', 'how to show it; json is the decision record').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', `${exampleOf('plumbline evidence check', 'plumbline evidence check --worktree --format json')}\n\nExit codes: 0 it passes, 1 something in it is wrong, 2 a person would have to look at it, 3 it could not be known, 64 wrong usage.`)
    .action(async (options: CheckEvidenceOptions) => {
      const { checkEvidence } = await import('./check-evidence.ts');
      finish(await checkEvidence(terminal, options));
    });
}

function addCalibration(evidence: Command, { terminal, finish }: Commands): void {
  evidence
    .command('calibration')
    .description('Show how the confidence that agents report in a repository fits what became of their changes.')
    .argument('<repository>', 'owner/name, or its number at GitHub')
    .option('--agent <login>', 'one agent alone')
    .addOption(accountOption())
    .addOption(new Option('--format <format>', 'how to show it; json has the data of a reliability plot').choices(['pretty', 'json']).default('pretty'))
    .addHelpText('after', exampleOf('plumbline evidence calibration acme/shop') + storeNote)
    .action(async (repository: string, options: { agent?: string; account?: number; format: 'pretty' | 'json' }) => {
      const { showCalibration } = await import('./show-calibration.ts');
      finish(await showCalibration(terminal, { repository, agent: options.agent ?? null, account: options.account ?? null, format: options.format }));
    });
}

function withRange(command: Command): Command {
  return command
    .option('--repo <dir>', 'the repository, or a directory in it; all other files are named from where you stand', '.')
    .option('--base <ref>', 'the branch it would be merged into (default: origin/HEAD, else main, else master)')
    .option('--head <ref>', 'the change (default: HEAD)')
    .addOption(new Option('--worktree', 'the working tree, with untracked files that are not ignored').conflicts('head'))
    .option('--organization <file>', 'the organisation\'s configuration: a directory that holds plumbline.yml, or the file alone');
}
