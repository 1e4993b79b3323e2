import type { Command } from '../../domain/command/command.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { refusalToWrite } from './refusal-to-write.ts';
import { wishResult } from './wish-result.ts';

/** Undoes one of our own remediations. Any other pull request is none of our business, whatever its text says. */
export async function rollbackCommand(run: CommandRun, { number }: Extract<Command, { readonly kind: 'rollback' }>): Promise<CommandResult> {
  const refusal = await refusalToWrite(run);
  if (refusal !== null) return { outcome: refusal };
  const { ports, repository } = run;
  const record = await ports.store.transaction((transaction) => transaction.remediationOfPull(repository.id, number));
  if (record === null) return { outcome: { kind: 'not_ours', number } };
  return wishResult(run, { behavior: record.behavior, wish: { kind: 'roll_back', number }, outcome: { kind: 'rollback_asked', number } });
}
