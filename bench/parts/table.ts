import { isReached } from '../measure.ts';
import type { Figure } from '../measure.ts';
import type { Baseline, MeasuredFigure } from './baseline.ts';
import { worseBy } from './worse-by.ts';

export interface Row {
  readonly measured: MeasuredFigure;
  /** Null: the baseline does not have it. */
  readonly ratio: number | null;
}

export function rowsOf(measured: readonly MeasuredFigure[], baseline: Baseline | null): readonly Row[] {
  return measured.map((one) => {
    const before = baseline?.figures[one.figure.id];
    return { measured: one, ratio: before === undefined ? null : worseBy(one, before) };
  });
}

const heads = ['what', 'figure', 'unit', 'baseline', 'ratio', 'target', 'reached'];
const isText = (column: number): boolean => [0, 2, 6].includes(column);

/** The figures as a table of text; a ratio above 1 is worse than the baseline. */
export function formatTable(rows: readonly Row[], baseline: Baseline | null): string {
  const cells = [heads, ...rows.map((row) => cellsOf(row, baseline))];
  const widths = heads.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) => line.map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd());
  const [head = '', ...body] = lines;
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n');
}

function cellsOf({ measured: { figure }, ratio }: Row, baseline: Baseline | null): readonly string[] {
  const before = baseline?.figures[figure.id];
  return [figure.what, short(figure.value), figure.unit, before === undefined ? '-' : short(before.value), ratio === null ? '-' : ratio.toFixed(2), targetOf(figure), reachedOf(figure)];
}

function targetOf({ target }: Figure): string {
  if (target === null) return '-';
  return `${target.kind === 'at-most' ? '≤' : '≥'} ${short(target.value)}`;
}

function reachedOf(figure: Figure): string {
  const reached = isReached(figure);
  if (reached === null) return '-';
  return reached ? 'yes' : 'NO';
}

/** Three digits are more than a shared machine can repeat. */
function short(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
