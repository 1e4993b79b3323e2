import { Failure } from '../../domain/failure.ts';
import { calibrationsPretty } from '../../render/calibrations-pretty.ts';
import { pickAccount } from '../audit-account.ts';
import { auditOutputOf } from '../audit/audit-output-of.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import { repositoryNamed } from '../repository-named.ts';
import type { Terminal } from '../terminal.ts';

export interface CalibrationToShow {
  /** `owner/name`, or its number at GitHub. */
  readonly repository: string;
  /** Login; null: all agents. */
  readonly agent: string | null;
  readonly account: number | null;
  readonly format: 'pretty' | 'json';
}

/** Shows how the confidence that agents report in a repository fits what became of their changes. */
export async function showCalibration(terminal: Terminal, { repository, agent, account: wanted, format }: CalibrationToShow): Promise<number> {
  const named = repositoryNamed(repository);
  return await withCommandStore(terminal, async (operations) => {
    const account = await pickAccount(operations.audit, wanted);
    const found = await operations.calibrations({ account, repository: named, agent });
    if (found === null) throw new Failure('NOT_FOUND', `Cannot find ${JSON.stringify(repository.slice(0, 80))}: account ${account} has no such repository here, expected one that was judged or is scanned.`);
    await auditOutputOf(terminal).write(format === 'json' ? `${JSON.stringify({ account, ...found }, null, 2)}\n` : calibrationsPretty(found));
    return exitCodes.allow;
  });
}
