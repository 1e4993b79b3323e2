import { isReached } from './measure.ts';
import type { Measure } from './measure.ts';
import { ack } from './measures/ack.ts';
import { api } from './measures/api.ts';
import { audit } from './measures/audit.ts';
import { calls } from './measures/calls.ts';
import { check } from './measures/check.ts';
import { claims } from './measures/claims.ts';
import { grounding } from './measures/grounding.ts';
import { policy } from './measures/policy.ts';
import { queue } from './measures/queue.ts';
import { remediation } from './measures/remediation.ts';
import { scan } from './measures/scan.ts';
import { readBaseline, saveBaseline } from './parts/baseline.ts';
import type { MeasuredFigure } from './parts/baseline.ts';
import { thisMachine, yardstickMs } from './parts/machine.ts';
import { readOptions } from './parts/options.ts';
import type { BenchOptions } from './parts/options.ts';
import { formatTable, rowsOf } from './parts/table.ts';
import type { Row } from './parts/table.ts';

const measures: readonly Measure[] = [calls, remediation, scan, check, claims, policy, grounding, queue, audit, api, ack];
const mostWorse = 2;
const exitCodes = { good: 0, worse: 1, usage: 64 } as const;

process.exitCode = await bench(process.argv.slice(2));

async function bench(words: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = readOptions(words, measures.map(({ name }) => name));
  } catch (thrown) {
    console.error(`${thrown instanceof Error ? thrown.message : String(thrown)}\nusage: npm run bench -- [${measures.map(({ name }) => name).join('|')} …] [--save] [--quick]`);
    return exitCodes.usage;
  }
  const measured = await measureAll(options);
  // A quick run has smaller loads: its figures are not those of the baseline.
  const baseline = options.quick ? null : readBaseline();
  const rows = rowsOf(measured, baseline);
  console.log(`${formatTable(rows, baseline)}\n\n${noteOf(options)}`);
  if (options.save) saveBaseline(thisMachine(), measured, baseline);
  return tellWorse(rows) ? exitCodes.worse : exitCodes.good;
}

async function measureAll({ names, quick }: BenchOptions): Promise<readonly MeasuredFigure[]> {
  const measured: MeasuredFigure[] = [];
  for (const measure of measures.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const before = yardstickMs();
    const figures = await measure.run({ quick, say: (text) => console.error(`… ${text}`) });
    const yardstick = (before + yardstickMs()) / 2;
    measured.push(...figures.map((figure) => ({ figure, yardstickMs: yardstick })));
  }
  return measured;
}

function noteOf({ quick }: BenchOptions): string {
  const { cores, memoryGb, node, system } = thisMachine();
  const how = quick ? 'One small round each: shows that everything runs, not how fast.' : 'Medians over rounds. A ratio above 1 is worse than the baseline, in units of what this machine does now.';
  return `${how}\n${cores} cores, ${memoryGb} GB, Node ${node}, ${system}. Load generator, emulated GitHub and databases ran on the same cores.`;
}

function tellWorse(rows: readonly Row[]): boolean {
  const missed = rows.filter(({ measured: { figure } }) => isReached(figure) === false);
  for (const { measured: { figure } } of missed) console.log(`target missed: ${figure.what.trim()}`);
  const worse = rows.filter(({ ratio }) => ratio !== null && !(ratio <= mostWorse));
  for (const { measured: { figure }, ratio } of worse) console.log(`WORSE: ${figure.what.trim()} (${figure.id}), ${(ratio ?? 0).toFixed(1)} times the baseline, expected at most ${mostWorse}`);
  return worse.length > 0;
}
