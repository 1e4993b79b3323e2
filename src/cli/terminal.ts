import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { ownThreads } from '../probes/worker-threads/thread-source.ts';
import type { ThreadSource } from '../probes/worker-threads/thread-source.ts';

/** Where a command runs: its outputs, its surroundings and its clock. */
export interface Terminal {
  /** What was typed after the name of the program. */
  readonly words: readonly string[];
  /** The result, to standard output, and nothing else there. */
  readonly write: (text: string) => void;
  /** Resolves when standard output takes more; left out where it always does. */
  readonly drained?: () => Promise<void>;
  /**
   * Resolves when standard output has taken everything: to why it did not, or null. A reader that has gone is no trouble.
   * Left out where it always takes everything.
   */
  readonly flushed?: () => Promise<string | null>;
  /** Everything else, to standard error. */
  readonly tell: (text: string) => void;
  /** For standard output; without effect unless a person reads it there. */
  readonly color: Colors;
  /** Whether a person watches standard error. */
  readonly isWatched: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  now(): Date;
  /** Where a command takes its worker threads from. */
  readonly threads: ThreadSource;
}

export function processTerminal(): Terminal {
  const output = outputTo(process.stdout);
  // Where complaints go can not be complained about: the exit code still tells.
  process.stderr.on('error', () => {});
  const { NO_COLOR: noColor, TERM: term } = process.env;
  return {
    ...output,
    words: process.argv.slice(2),
    drained: () => drained(process.stdout),
    tell: (text) => void process.stderr.write(text),
    color: createColors(isTerminal(process.stdout) && (noColor ?? '') === '' && term !== 'dumb'),
    isWatched: isTerminal(process.stderr),
    environment: process.env,
    directory: process.cwd(),
    now: () => new Date(),
    threads: ownThreads,
  };
}

function outputTo(stream: NodeJS.WriteStream): Required<Pick<Terminal, 'write' | 'flushed'>> {
  let hasWritten = false;
  let trouble: string | null = null;
  // The reader may have gone (`| head`): what it did not want is not worth a complaint.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') trouble ??= error.message;
  });
  return {
    write: (text) => {
      hasWritten ||= text !== '';
      stream.write(text);
    },
    // Writes are taken in order, so an empty one is answered last. A full device would refuse even that.
    flushed: async () => {
      if (hasWritten) await new Promise<void>((resolve) => stream.write('', () => resolve()));
      return hasWritten ? trouble : null;
    },
  };
}

/** On a pipe the member is missing, not false, which the colours would take for "find out yourself". */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}

/** Ends too when the reader has gone: then nothing is ever taken. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const events = ['drain', 'error', 'close'] as const;
    const end = (): void => {
      for (const event of events) stream.off(event, end);
      resolve();
    };
    for (const event of events) stream.on(event, end);
  });
}
