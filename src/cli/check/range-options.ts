import { Option } from 'commander';
import type { Command } from 'commander';
import { formats } from '../../render/render-format.ts';

/** What every command takes that judges a range. */
export function withRangeOptions(command: Command): Command {
  return command
    .option('--repo <dir>', 'the repository, or a directory in it; all other files are named from where you stand', '.')
    .option('--base <ref>', 'the branch it would be merged into (default: origin/HEAD, else main, else master)')
    .option('--head <ref>', 'the change (default: HEAD)')
    .addOption(new Option('--worktree', 'judge the working tree, with untracked files that are not ignored').conflicts('head'))
    .option('--context <file>', 'what only GitHub knows, as JSON by schemas/check-context.schema.json')
    .option('--organization <file>', 'the organisation\'s configuration: a directory that holds plumbline.yml and its policies, or the file alone')
    .option('--now <time>', 'judge as of this instant, ISO 8601 in UTC')
    .option('--strict', 'exit 3 when something was left out that the App would ask')
    .addOption(new Option('--format <format>', 'how to show the decision').choices([...formats]).default('pretty'));
}
