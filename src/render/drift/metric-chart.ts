import type { ToldMetric } from '../../domain/drift/scanned-behavior.ts';
import type { Difference } from '../../domain/playbook/measured-drift.ts';

/** A chart that GitHub draws, and that tells the same as text where nobody draws it. `legend`: what its parts are, a sentence. */
export interface MetricChart {
  readonly legend: string;
  /** Lines of a Mermaid XY chart. Nothing but words of ours and numbers stands in them. */
  readonly lines: readonly string[];
}

/**
 * What was measured beside what is tolerated, or, of a value that is the same each time, what was found beside what was agreed.
 * Null where there are no numbers for it. @param difference Of the metric, where the drift tells one.
 */
export function metricChart({ estimate, low, high, toleratedLow, toleratedHigh }: ToldMetric, difference: Difference | null): MetricChart | null {
  const bounds = [toleratedLow, toleratedHigh].filter((bound) => bound !== null);
  if (estimate !== null && bounds.length > 0) return chart({ names: ['low end', 'measured', 'high end'], bars: [low ?? estimate, estimate, high ?? estimate], lines: bounds, legend: `bars: what was measured, and the ends of its interval; ${bounds.length === 1 ? 'line: the bound' : 'lines: the bounds'} of what is tolerated` });
  const [agreed, found] = [difference?.expected, difference?.found];
  if (typeof agreed !== 'number' || typeof found !== 'number') return null;
  return chart({ names: ['agreed', 'measured'], bars: [agreed, found], lines: [], legend: 'bars: what was agreed, and what was measured' });
}

interface Drawn {
  readonly names: readonly string[];
  readonly bars: readonly number[];
  /** Drawn level, over all bars. */
  readonly lines: readonly number[];
  readonly legend: string;
}

function chart({ names, bars, lines, legend }: Drawn): MetricChart | null {
  const all = [0, ...bars, ...lines];
  if (!all.every(isWritable)) return null;
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least) / 10;
  const [from, to] = [least < 0 ? least - room : 0, most > 0 ? most + room : 0];
  if (!isWritable(from) || !isWritable(to) || from === to) return null;
  const rows = [
    `x-axis [${names.map((name) => `"${name}"`).join(', ')}]`,
    `y-axis ${written(from)} --> ${written(to)}`,
    `bar [${bars.map(written).join(', ')}]`,
    ...lines.map((bound) => `line [${bars.map(() => written(bound)).join(', ')}]`),
  ];
  return { legend, lines: ['xychart-beta', ...rows.map((row) => `    ${row}`)] };
}

/** Mermaid reads no exponents. */
function isWritable(value: number): boolean {
  return value === 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e15);
}

function written(value: number): string {
  return String(Number(value.toPrecision(4)));
}
