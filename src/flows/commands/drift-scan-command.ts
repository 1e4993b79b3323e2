import type { Scan } from '../../domain/scan/scan.ts';
import { scanJob } from '../job-requests.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { refusalToWrite } from './refusal-to-write.ts';

/** Scans the repository now. What was found is told when the scan is concluded, and acted upon like any other scan's. */
export async function driftScanCommand(run: CommandRun): Promise<CommandResult> {
  const refusal = await refusalToWrite(run);
  if (refusal !== null) return { outcome: refusal };
  const { ports, repository, pullRequest, comment, askedBy } = run;
  const asked = { repository, pullRequest, comment, login: askedBy.login };
  const scan: Scan = { id: ports.newId(), accountId: repository.account.id, begunAt: ports.clock.now().toISOString(), trigger: 'command', asked };
  return {
    outcome: { kind: 'scanning' },
    jobs: [scanJob({ repository, confirming: null })],
    keep: (transaction) => transaction.beginScan(scan, [repository.id]),
  };
}
