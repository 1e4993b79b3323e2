import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LabelledPair } from './labelled-pair.ts';
import type { TimedAnswer, ToolName } from './tool.ts';

export interface AskedPair extends TimedAnswer {
  readonly tool: ToolName;
  readonly pair: LabelledPair;
}

const limitMs = 20_000;

/** One tool about every pair, in a child process that is ended and started anew where it takes too long or dies. */
export async function askTool(tool: ToolName, pairs: readonly LabelledPair[], folder: string): Promise<readonly AskedPair[]> {
  const asked: AskedPair[] = [];
  let child: ChildProcess | null = null;
  for (const pair of pairs) {
    child ??= await started(tool, folder);
    const answer = await answerOf(child, pair);
    asked.push({ tool, pair, ...(answer ?? { answer: child.exitCode === null ? 'hang' : 'error', seconds: limitMs / 1_000 }) });
    if (answer === null) {
      child.kill('SIGKILL');
      child = null;
    }
  }
  child?.kill('SIGKILL');
  return asked;
}

async function started(tool: ToolName, folder: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'answer-pairs.ts'), [tool, folder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  await once(child, 'message');
  return child;
}

/** Null: it did not answer in time, or ended. */
async function answerOf(child: ChildProcess, { older, newer }: LabelledPair): Promise<TimedAnswer | null> {
  const stop = new AbortController();
  const answered = once(child, 'message', { signal: stop.signal }).then(([answer]: unknown[]) => answer as TimedAnswer);
  const ended = once(child, 'exit', { signal: stop.signal }).then(() => null);
  child.send({ older, newer });
  const first = await Promise.race([answered, ended, wait(limitMs, null, { signal: stop.signal })]);
  for (const other of [answered, ended]) other.catch(() => undefined);
  stop.abort();
  return first;
}
