import type { Terminal } from './terminal.ts';

/** What every command is registered with. */
export interface Commands {
  readonly terminal: Terminal;
  /** Sets the exit code of the run. */
  readonly finish: (code: number) => void;
}

/** The example that ends a command's help. */
export function exampleOf(...lines: readonly string[]): string {
  return `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
