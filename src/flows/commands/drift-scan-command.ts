import type { Scan } from '../../domain/scan/scan.ts';
import { scanJob } from '../job-requests.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { refusalToWrite } from './refusal-to-write.ts';

/** Between two scans of one repository that are asked for: each asks all sources, and may ask them twice. */
const betweenMs = 5 * 60_000;

/** Scans the repository now. What was found is told when the scan is concluded, and acted upon like any other scan's. */
export async function driftScanCommand(run: CommandRun): Promise<CommandResult> {
  const refusal = await refusalToWrite(run);
  if (refusal !== null) return { outcome: refusal };
  const { ports, repository, pullRequest, comment, askedBy } = run;
  const now = ports.clock.now();
  const last = await ports.store.transaction((transaction) => transaction.lastCommand(repository.id, 'drift'));
  const again = last === null ? now : new Date(last.getTime() + betweenMs);
  if (again > now) return { outcome: { kind: 'scanned_lately', again: again.toISOString() } };
  const asked = { repository, pullRequest, comment, login: askedBy.login };
  const scan: Scan = { id: ports.newId(), accountId: repository.account.id, begunAt: now.toISOString(), trigger: 'command', asked };
  return {
    outcome: { kind: 'scanning' },
    jobs: [scanJob({ repository, confirming: null })],
    keep: (transaction) => transaction.beginScan(scan, [repository.id]),
  };
}
