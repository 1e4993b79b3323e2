import { measuredRun } from './measured-run.ts';
import type { Usage } from './measured-run.ts';

/** Runs a command of ours as a process of its own. It must end with 0. */
export function runCommand(command: string, words: readonly string[], folder: string): Usage {
  const { status, stderr, stdout, usage } = measuredRun(command, words, { folder });
  if (status !== 0) throw new Error(`Cannot measure ${words.join(' ')}: it ended with ${String(status)}, expected 0\n${stdout.slice(-2_000)}${stderr.slice(-2_000)}`);
  return usage;
}
