import type { Command, Reading } from '../../domain/command/command.ts';
import type { CommandAnswer, CommandRun } from './command-run.ts';
import { driftScanCommand } from './drift-scan-command.ts';
import { explainCommand } from './explain-command.ts';
import { recheckCommand } from './recheck-command.ts';
import { remediateCommand } from './remediate-command.ts';
import { rollbackCommand } from './rollback-command.ts';
import { unsuppressCommand } from './unsuppress-command.ts';
import { unwaiveCommand } from './unwaive-command.ts';
import { voteCommand } from './vote-command.ts';
import { waiveCommand } from './waive-command.ts';

/** What a comment that speaks to us comes to. Whatever changes something asks first who may, at this moment. */
export async function answerCommand(run: CommandRun, reading: Exclude<Reading, { kind: 'none' }>): Promise<CommandAnswer> {
  if (reading.kind === 'misread') return { outcome: { kind: 'misread', misreading: reading.misreading, head: run.head } };
  return answer(run, reading.command);
}

async function answer(run: CommandRun, command: Command): Promise<CommandAnswer> {
  switch (command.kind) {
    case 'help':
      return { outcome: { kind: 'helped' } };
    case 'status':
      return { outcome: { kind: 'status', head: run.head, decision: run.decision?.decision ?? null } };
    case 'explain':
      return explainCommand(run, command.code);
    case 'recheck':
      return recheckCommand(run);
    case 'approve':
    case 'unapprove':
    case 'reject':
      return voteCommand(run, command);
    case 'waive':
      return waiveCommand(run, command);
    case 'unwaive':
      return unwaiveCommand(run, command);
    case 'drift':
      return driftScanCommand(run);
    case 'remediate':
      return remediateCommand(run, command);
    case 'unsuppress':
      return unsuppressCommand(run, command);
    case 'rollback':
      return rollbackCommand(run, command);
  }
}
