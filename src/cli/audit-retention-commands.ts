import { Option } from 'commander';
import type { Command } from 'commander';
import { accountOption, formatOption, storeNote, wholeNumber } from './store-options.ts';
import type { Commands } from './commands.ts';
import { exampleOf } from './commands.ts';

/** What erases details of a log, and what keeps them from being erased. */
export function addAuditRetentionCommands(audit: Command, commands: Commands): void {
  addErase(audit, commands);
  addHold(audit, commands);
  addReleaseHold(audit, commands);
  addHolds(audit, commands);
}

const byOption = (): Option => new Option('--by <login>', 'who decides it').makeOptionMandatory();
const reasonOption = (): Option => new Option('--reason <text>', 'why; it stands in the log for ever').makeOptionMandatory();

interface EraseWords {
  readonly actor?: string;
  readonly naming?: boolean;
  readonly entry?: string[];
  readonly by: string;
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly account?: number;
  readonly format: 'pretty' | 'json';
}

function addErase(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('erase')
    .description('Erase who, why and the details of entries, and what their decisions were made of. The entries and their proofs stand. Exit 0 all of it is gone, 2 something stays: held, needed or of the record, 3 could not be done.')
    .option('--actor <login>', 'entries by this person')
    .option('--naming', 'with --actor: also entries by others that say the login')
    .option('--entry <entry...>', 'entries, by sequence or id')
    .addOption(byOption())
    .addOption(reasonOption())
    .option('--dry-run', 'only say what would be erased, and what stays')
    .addOption(accountOption())
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline audit erase --actor mona --by octocat --reason "request 4711" --dry-run', 'plumbline audit erase --entry 17 --by octocat --reason "request 4711"') + storeNote)
    .action(async ({ actor, naming, entry, by, reason, dryRun, account, format }: EraseWords) => {
      const { eraseFromAudit } = await import('./audit/erase-from-audit.ts');
      finish(await eraseFromAudit(terminal, { account: account ?? null, actor: actor ?? null, naming: naming === true, entries: entry ?? [], by, reason, isRehearsed: dryRun === true, format }));
    });
}

interface HoldWords {
  readonly repository?: string;
  readonly from?: string;
  readonly to?: string;
  readonly by: string;
  readonly reason: string;
  readonly account?: number;
}

function addHold(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('hold')
    .description('Keep entries from being erased, by age or by request, until the hold is released.')
    .option('--repository <owner/name>', 'entries about this repository; all when left out')
    .option('--from <time>', 'entries from a day or instant on')
    .option('--to <time>', 'entries before a day or instant')
    .addOption(byOption())
    .addOption(reasonOption())
    .addOption(accountOption())
    .addHelpText('after', exampleOf('plumbline audit hold --repository acme/shop --from 2027-01-01 --by octocat --reason "case 12"') + storeNote)
    .action(async ({ repository, from, to, by, reason, account }: HoldWords) => {
      const { holdAudit } = await import('./audit/hold-audit.ts');
      finish(await holdAudit(terminal, { account: account ?? null, repository: repository ?? null, from: from ?? null, to: to ?? null, by, reason }));
    });
}

function addReleaseHold(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('release-hold')
    .description('End a hold.')
    .argument('<hold>', 'its number, as `audit holds` shows it', wholeNumber)
    .addOption(byOption())
    .addOption(reasonOption())
    .addOption(accountOption())
    .addHelpText('after', exampleOf('plumbline audit release-hold 57 --by octocat --reason "case 12 is closed"') + storeNote)
    .action(async (hold: number, { by, reason, account }: { by: string; reason: string; account?: number }) => {
      const { releaseHold } = await import('./audit/release-hold.ts');
      finish(await releaseHold(terminal, { account: account ?? null, hold, by, reason }));
    });
}

function addHolds(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('holds')
    .description('Show which entries are kept from being erased, why, and by whom.')
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline audit holds') + storeNote)
    .action(async ({ format }: { format: 'pretty' | 'json' }) => {
      const { showHolds } = await import('./audit/show-holds.ts');
      finish(await showHolds(terminal, format));
    });
}
