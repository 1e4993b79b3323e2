import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../measure.ts';
import type { Machine } from './machine.ts';

export interface BaselineFigure {
  readonly value: number;
  /** How fast the machine was when it was measured. */
  readonly yardstickMs: number;
}

export interface Baseline {
  readonly machine: Machine;
  readonly figures: Readonly<Record<string, BaselineFigure>>;
}

export interface MeasuredFigure {
  readonly figure: Figure;
  readonly yardstickMs: number;
}

const path = join(import.meta.dirname, '..', 'baseline.json');

export function readBaseline(): Baseline | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** Keeps the new figures; those of measures that did not run stay, while the machine is the same. */
export function saveBaseline(machine: Machine, measured: readonly MeasuredFigure[], before: Baseline | null): void {
  const kept = before !== null && JSON.stringify(before.machine) === JSON.stringify(machine) ? before.figures : {};
  const fresh = Object.fromEntries(measured.map(({ figure, yardstickMs }) => [figure.id, { value: rounded(figure.value), yardstickMs: rounded(yardstickMs) }]));
  const figures = Object.fromEntries(Object.entries({ ...kept, ...fresh }).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
