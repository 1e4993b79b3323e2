import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { shortLived } from '../../builders/short-lived.ts';

export interface HolderProcess {
  readonly pid: number;
  /** SIGKILL, and wait until it is gone. */
  kill(): Promise<void>;
}

/** Another process that has the directory's lock, or its store open with a leased job, until it is killed. */
export async function startHolder(context: TestContext, directory: string, what: 'lock' | 'store'): Promise<HolderProcess> {
  const child = spawn(process.execPath, [...shortLived, join(import.meta.dirname, 'hold-directory.ts'), directory, what], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  context.after(kill);
  const [line] = await once(createInterface(child.stdout), 'line');
  if (line !== 'held' || child.pid === undefined) throw new Error(`the holder said ${String(line)}`);
  return { pid: child.pid, kill };
}
