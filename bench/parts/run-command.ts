import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Usage {
  readonly seconds: number;
  /** CPU time of the process and its threads, without git's. */
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

/** Loaded before the command, and costs it a few milliseconds: nothing else tells a child's peak on every system. */
const reporter = `data:text/javascript,${encodeURIComponent("import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.BENCH_USAGE,JSON.stringify(process.resourceUsage())))")}`;

/** Runs a command of ours as a process of its own. It must end with 0. */
export function runCommand(command: string, words: readonly string[], folder: string): Usage {
  const report = join(folder, 'usage.json');
  const environment = { PATH: process.env['PATH'] ?? '', BENCH_USAGE: report };
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', reporter, command, ...words], { env: environment, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = (performance.now() - start) / 1_000;
  if (status !== 0) throw new Error(`Cannot measure ${words.join(' ')}: it ended with ${String(status)}, expected 0\n${stdout.slice(-2_000)}${stderr.slice(-2_000)}`);
  const usage: ReturnType<typeof process.resourceUsage> = JSON.parse(readFileSync(report, 'utf8'));
  return { seconds, cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1_000_000, memoryMb: usage.maxRSS / 1_024 };
}
