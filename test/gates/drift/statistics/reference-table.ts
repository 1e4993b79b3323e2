import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of each table of `reference/`. */
interface Tables {
  readonly normal: readonly [number, number];
  readonly binomial: readonly [number, number, number, number, number, number];
  readonly 'clopper-pearson': readonly [number, number, number, number, number];
  readonly 'extreme-bounds': readonly [number, number, number, number];
  readonly score: readonly [number, number, number, number, number];
  readonly newcombe: readonly [number, number, number, number, number, number, number];
  readonly tango: readonly [number, number, number, number, number];
  readonly mcnemar: readonly [number, number, number];
  readonly fisher: readonly [number, number, number, number, number];
  readonly 'rank-sum': readonly [number, number, number, number];
  readonly 'signed-rank': readonly [number, number, number];
  readonly 'shift-bounds': readonly [readonly number[], readonly number[], number, number, number];
  readonly 'paired-bounds': readonly [readonly number[], readonly number[], number, number, number];
  readonly 'order-statistics': readonly [number, number, number, number, number];
  readonly 'kolmogorov-smirnov': readonly [readonly number[], readonly number[], number, number];
  readonly distances: readonly [readonly number[], readonly number[], number, number];
  readonly student: readonly [number, number, number];
  readonly 'trimmed-bounds': readonly [readonly number[], readonly number[], number, number, number];
  readonly holm: readonly [readonly (readonly [number, number, number, number])[], readonly number[], readonly boolean[]];
}

export function referenceTable<Name extends keyof Tables>(name: Name): readonly Tables[Name][] {
  const table: { readonly rows: readonly Tables[Name][] } = JSON.parse(readFileSync(join(import.meta.dirname, 'reference', `${name}.json`), 'utf8'));
  assert.ok(table.rows.length > 0, name);
  return table.rows;
}

/** Equal but for rounding. `digits` are those that count, also of very small numbers. */
export function assertClose(found: number, expected: number, digits: number, message: string): void {
  const allowed = Math.max(Math.abs(expected) * 10 ** -digits, 1e-300);
  assert.ok(Math.abs(found - expected) <= allowed, `${message}: found ${found}, expected ${expected}`);
}
