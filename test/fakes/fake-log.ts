import type { Log } from '../../src/flows/ports/log.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that a test reads. */
export interface FakeLog extends Log {
  readonly lines: readonly LogLine[];
}

export function fakeLog(): FakeLog {
  const lines: LogLine[] = [];
  return {
    lines,
    info: (message, fields = {}) => void lines.push({ level: 'info', message, fields }),
    warn: (message, fields = {}) => void lines.push({ level: 'warn', message, fields }),
    error: (message, fields = {}) => void lines.push({ level: 'error', message, fields }),
  };
}
