import type { AuditOutput } from '../audit-output.ts';
import type { Terminal } from '../terminal.ts';

/** Writes no faster than the reader reads: a log may be larger than memory. */
export function auditOutputOf(terminal: Terminal): AuditOutput {
  const write = async (text: string): Promise<void> => {
    terminal.write(text);
    await terminal.drained?.();
  };
  return terminal.isWatched ? { write, progress: (text) => terminal.tell(`\r\u001b[2K${text}…\r`) } : { write };
}
