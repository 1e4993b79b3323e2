import type { AuditOutput } from '../audit-output.ts';
import type { Terminal } from '../terminal.ts';

export function auditOutputOf(terminal: Terminal): AuditOutput {
  const write = (text: string): void => terminal.write(text);
  return terminal.isWatched ? { write, progress: (text) => terminal.tell(`\r\u001b[2K${text}…\r`) } : { write };
}
