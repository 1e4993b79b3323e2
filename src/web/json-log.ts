import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { Log } from '../flows/ports/log.ts';
import { Redaction } from './redact.ts';

export interface JsonLogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Values that must never appear. */
  readonly secrets: readonly string[];
  /** Standard output when left out, written without delay: the last line before an exit counts. */
  readonly destination?: DestinationStream;
}

export interface JsonLog extends Log {
  /** From now on this value must not appear either. */
  readonly redact: (secret: string) => void;
}

/** One JSON object per line. Messages are constant strings; everything else passes the redaction. */
export function createJsonLog(options: JsonLogOptions): JsonLog {
  const redaction = new Redaction(options.secrets);
  const logger = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
  const write = (level: 'info' | 'warn' | 'error') => (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
    logger[level](redaction.fields(fields), redaction.text(message));
  };
  return { info: write('info'), warn: write('warn'), error: write('error'), redact: (secret) => redaction.add(secret) };
}
