import type { Command, Reading } from '../domain/command/command.ts';

/** What a comment asked for, as the log keeps it: the words of the command, not the comment. */
export function describeReading(reading: Exclude<Reading, { kind: 'none' }>): string {
  return reading.kind === 'misread' ? `not a command: ${reading.misreading.kind}` : wordsOf(reading.command).filter((word) => word !== null).join(' ');
}

function wordsOf(command: Command): readonly (string | null)[] {
  switch (command.kind) {
    case 'help':
    case 'status':
    case 'recheck':
      return [command.kind];
    case 'explain':
      return [command.kind, command.code];
    case 'approve':
    case 'unapprove':
    case 'reject':
      return [command.kind, command.scope, command.sha, command.reason];
    case 'waive':
      return [command.kind, command.code, command.path, 'until', command.until, command.reason];
    case 'unwaive':
      return [command.kind, command.code, command.path];
    case 'drift':
      return [command.kind, 'scan'];
    case 'remediate':
      return [command.kind, command.behavior, command.isDryRun ? '--dry-run' : null, command.takesOver ? '--take-over' : null];
    case 'unsuppress':
      return [command.kind, command.behavior];
    case 'rollback':
      return [command.kind, String(command.number)];
  }
}
