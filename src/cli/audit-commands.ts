import { Option } from 'commander';
import type { Command } from 'commander';
import { accountOption, formatOption, storeNote, wholeNumber } from './store-options.ts';
import { addAuditRetentionCommands } from './audit-retention-commands.ts';
import type { Commands } from './commands.ts';
import { exampleOf } from './commands.ts';

export function addAuditCommands(program: Command, commands: Commands): void {
  const audit = program.command('audit').description('Verify, export and read the audit log.').addHelpText('after', exampleOf('plumbline audit export log.ndjson', 'plumbline audit verify log.ndjson'));
  addVerify(audit, commands);
  addExport(audit, commands);
  addBundle(audit, commands);
  addProve(audit, commands);
  addStatus(audit, commands);
  addTail(audit, commands);
  addResume(audit, commands);
  addAuditRetentionCommands(audit, commands);
}

interface VerifyWords {
  readonly key?: string[];
  readonly checkpoint?: string[];
  readonly account?: number;
  readonly format: 'pretty' | 'json';
  readonly replay?: boolean;
  readonly repo?: string;
  readonly repository?: string;
}

function addVerify(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('verify')
    .description('Verify an export, a bundle, a proof, or the store, and with --repo also git. Exit 0 verified, 1 tampered with, 3 could not check.')
    .argument('<source>', 'a file or folder that `audit export` wrote, a file of `audit bundle`, a proof of `audit prove`, or the word store')
    .option('--key <key...>', 'verifier keys, or files with them or with public keys in PEM form; without one only consistency is proven, not origin')
    .option('--checkpoint <file...>', 'files with checkpoints that were kept elsewhere, such as anchors: they show a cut tail and a second history')
    .option('--replay', 'also judge every decision again, from what the log kept of it: the same bytes must come out')
    .option('--repo <dir>', 'also prove that this clone still holds what the log says was released')
    .option('--repository <owner/name>', 'which repository of the log the clone is of (default: what its origin says, or the only one in the log)')
    .addOption(accountOption())
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline audit verify log.ndjson --key log.vkey --checkpoint last-week.txt', 'plumbline audit verify log.ndjson --key log.vkey --repo ../shop') + storeNote)
    .action(async (source: string, options: VerifyWords) => {
      const { verifyAudit } = await import('./audit/verify-audit.ts');
      finish(await verifyAudit(terminal, { source, keys: options.key ?? [], checkpoints: options.checkpoint ?? [], account: options.account ?? null, format: options.format, isReplayed: options.replay === true, repo: options.repo ?? null, repository: options.repository ?? null }));
    });
}

function addExport(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('export')
    .description('Write a log for others to verify: to a new file or to standard output, or as C2SP tiles to a folder.')
    .argument('[file]', 'must not exist; with --format tiles a folder, which may hold an earlier export of the same log')
    .addOption(accountOption())
    .addOption(new Option('--format <format>', 'ndjson holds everything; tiles hold the leaves and their tree, for other tools').choices(['ndjson', 'tiles']).default('ndjson'))
    .addHelpText('after', exampleOf('plumbline audit export log.ndjson', 'plumbline audit export --format tiles log-tiles') + storeNote)
    .action(async (file: string | undefined, options: { account?: number; format: 'ndjson' | 'tiles' }) => {
      const { exportAuditLog } = await import('./audit/export-audit-log.ts');
      finish(await exportAuditLog(terminal, { file: file ?? null, account: options.account ?? null, format: options.format }));
    });
}

function addProve(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('prove')
    .description('Prove that an entry stands in the log, or with --from that the log extends what it was, against the newest checkpoint.')
    .argument('[entry]', 'its sequence, or its id')
    .option('--from <size>', 'an earlier size, instead of an entry', wholeNumber)
    .option('--in <source>', 'a file or folder that `audit export` wrote, or the word store', 'store')
    .addOption(accountOption())
    .addOption(new Option('--format <format>', 'c2sp: the text of C2SP tlog-proof for an entry, of a request to a C2SP tlog-witness for a size; both without keys').choices(['json', 'c2sp']).default('json'))
    .addHelpText('after', exampleOf('plumbline audit prove 17 > entry.proof', 'plumbline audit prove --from 1200 --in log.ndjson', 'plumbline audit verify entry.proof --key log.vkey') + storeNote)
    .action(async (entry: string | undefined, options: { from?: number; in: string; account?: number; format: 'json' | 'c2sp' }) => {
      const { proveAudit } = await import('./audit/prove-audit.ts');
      finish(await proveAudit(terminal, { entry: entry ?? null, from: options.from ?? null, source: options.in, account: options.account ?? null, format: options.format }));
    });
}

function addStatus(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('status')
    .description('Show how far each log is sealed and anchored, and when the server verified it last. Exit 1 where one is blocked or was found tampered with.')
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline audit status') + storeNote)
    .action(async (options: { format: 'pretty' | 'json' }) => {
      const { showAuditStatus } = await import('./audit/show-audit-status.ts');
      finish(await showAuditStatus(terminal, options.format));
    });
}

interface BundleWords {
  readonly pullRequest?: string;
  readonly from?: string;
  readonly to?: string;
  readonly contract?: string;
  readonly account?: number;
}

function addBundle(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('bundle')
    .description('Write the entries about a pull request, a period or a contract, with proofs, as one signed file, and its path to standard output.')
    .argument('<out>', 'a folder; the file is audit/<day>/<id>.json.gz in it')
    .option('--pull-request <owner/name#number>', 'entries about a pull request, and what became of its decisions')
    .option('--from <time>', 'entries from a day or instant on; with --to')
    .option('--to <time>', 'entries before a day or instant; with --from')
    .option('--contract <id>', 'entries about a contract, all versions')
    .addOption(accountOption())
    .addHelpText('after', exampleOf('plumbline audit bundle evidence --pull-request acme/shop#12', 'plumbline audit bundle evidence --from 2027-01-01 --to 2027-02-01') + storeNote)
    .action(async (out: string, options: BundleWords) => {
      const { bundleAudit } = await import('./audit/bundle-audit.ts');
      finish(await bundleAudit(terminal, { out, pullRequest: options.pullRequest ?? null, from: options.from ?? null, to: options.to ?? null, contract: options.contract ?? null, account: options.account ?? null }));
    });
}

function addTail(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('tail')
    .description('Show the newest entries.')
    .addOption(accountOption())
    .option('--count <number>', 'how many', wholeNumber, 20)
    .option('--follow', 'go on with what is appended')
    .addOption(formatOption())
    .addHelpText('after', exampleOf('plumbline audit tail --count 50') + storeNote)
    .action(async (options: { account?: number; count: number; follow?: boolean; format: 'pretty' | 'json' }) => {
      const { tailAudit } = await import('./audit/tail-audit.ts');
      finish(await tailAudit(terminal, { account: options.account ?? null, count: options.count, isFollowing: options.follow === true, format: options.format }));
    });
}

function addResume(audit: Command, { terminal, finish }: Commands): void {
  audit
    .command('resume')
    .description('Let a log that was found tampered with go on, once it verifies again. Exit 0 it goes on, 1 still tampered with, 3 could not check.')
    .requiredOption('--by <login>', 'who decides it')
    .requiredOption('--reason <text>', 'why; it stands in the log')
    .addOption(accountOption())
    .addHelpText('after', exampleOf('plumbline audit resume --by octocat --reason "restored from the backup of Monday"') + storeNote)
    .action(async (options: { by: string; reason: string; account?: number }) => {
      const { resumeAuditLog } = await import('./audit/resume-audit-log.ts');
      finish(await resumeAuditLog(terminal, { by: options.by, reason: options.reason, account: options.account ?? null }));
    });
}
