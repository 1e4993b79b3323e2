import { Option } from 'commander';
import type { Command } from 'commander';
import { usageSources } from '../../domain/usage/model-usage.ts';
import type { UsageSource } from '../../domain/usage/model-usage.ts';
import type { Commands } from '../commands.ts';
import { exampleOf } from '../commands.ts';
import { accountOption, formatOption, storeNote } from '../store-options.ts';

interface UsageWords {
  readonly repository?: string;
  readonly agent?: string;
  readonly from?: string;
  readonly to?: string;
  readonly account?: number;
}

/** What agents used, beside the server that counts it. */
export function addUsageCommands(program: Command, commands: Commands): void {
  const { terminal, finish } = commands;
  const usage = withSubject(program.command('usage'))
    .description('Show what agents used, of each source, and how far their quotas are used up.')
    .option('--from <time>', 'what was used from a day or instant on (default: from when the month began in UTC)')
    .option('--to <time>', 'what was used before a day or instant (default: until now)')
    .addOption(accountOption())
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline usage --agent "robot[bot]"', 'plumbline usage export usage.csv --from 2027-01-01 --to 2027-02-01') + storeNote)
    .action(async (options: UsageWords & { readonly format: 'pretty' | 'json' }) => {
      const { showUsage } = await import('./show-usage.ts');
      finish(await showUsage(terminal, { ...askedBy(options), format: options.format }));
    });
  addExport(usage, commands);
}

function addExport(usage: Command, { terminal, finish }: Commands): void {
  withSubject(usage.command('export'))
    .description('Write what was charged as rows of FOCUS 1.3 in CSV: to a new file or to standard output. A row is a quarter of an hour, an agent, a repository, a source and a model.')
    .argument('[file]', 'must not exist')
    .requiredOption('--from <time>', 'from a day or instant on')
    .requiredOption('--to <time>', 'before a day or instant')
    .addOption(new Option('--source <source>', 'as one source tells it: sources tell of the same calls').choices([...usageSources]))
    .addOption(accountOption())
    .addHelpText('after', exampleOf('plumbline usage export usage.csv --from 2027-01-01 --to 2027-02-01 --source provider') + storeNote)
    .action(async (file: string | undefined, options: UsageWords & { readonly source?: UsageSource }, command: Command) => {
      const { exportUsageRows } = await import('./export-usage-rows.ts');
      // What the command above takes too is found there where it is named before the word `export`.
      const named: UsageWords & { readonly source?: UsageSource } = { ...command.optsWithGlobals(), ...options };
      finish(await exportUsageRows(terminal, { ...askedBy(named), source: named.source ?? null, file: file ?? null }));
    });
}

function withSubject(command: Command): Command {
  return command.option('--repository <repository>', 'of one repository: owner/name, or its number at GitHub').option('--agent <login>', 'of one agent');
}

function askedBy({ repository, agent, from, to, account }: UsageWords): { readonly repository: string | null; readonly agent: string | null; readonly from: string | null; readonly to: string | null; readonly account: number | null } {
  return { repository: repository ?? null, agent: agent ?? null, from: from ?? null, to: to ?? null, account: account ?? null };
}
