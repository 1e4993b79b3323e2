import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Usage {
  readonly seconds: number;
  /** CPU time of the process and its threads, without git's. */
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

export interface MeasuredRun {
  /** Null: it did not end by itself, within the limit. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly usage: Usage;
}

/**
 * Loaded before the command, and costs it a few milliseconds: nothing else tells a child's peak on every system. Linux counts in `maxRSS` what
 * its parent had when it was started, but not in `VmHWM`.
 */
const reporterText = `
import { readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  let ownKb = NaN;
  try {
    ownKb = Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {}
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ userCPUTime, systemCPUTime, peakKb: Number.isNaN(ownKb) ? maxRSS : ownKb }));
});`;
const reporter = `data:text/javascript,${encodeURIComponent(reporterText)}`;

/** Runs a command of ours as a process of its own, however it ends. */
export function measuredRun(command: string, words: readonly string[], { folder, limitMs }: { readonly folder: string; readonly limitMs?: number }): MeasuredRun {
  const report = join(folder, 'usage.json');
  rmSync(report, { force: true });
  const environment = { PATH: process.env['PATH'] ?? '', BENCH_USAGE: report };
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', reporter, command, ...words], { env: environment, encoding: 'utf8', maxBuffer: 1 << 28, killSignal: 'SIGKILL', ...(limitMs === undefined ? {} : { timeout: limitMs }) });
  return { status, stdout, stderr, usage: usageIn(report, (performance.now() - start) / 1_000) };
}

/** What was killed reports nothing. */
function usageIn(report: string, seconds: number): Usage {
  try {
    const usage: { readonly userCPUTime: number; readonly systemCPUTime: number; readonly peakKb: number } = JSON.parse(readFileSync(report, 'utf8'));
    return { seconds, cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1_000_000, memoryMb: usage.peakKb / 1_024 };
  } catch {
    return { seconds, cpuSeconds: Number.NaN, memoryMb: Number.NaN };
  }
}
