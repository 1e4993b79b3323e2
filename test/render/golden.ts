import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** Compares with the file of this name in `test/render/golden/`. `PLUMBLINE_GOLDEN=write` writes it instead: read the difference. */
export function assertGolden(name: string, actual: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['PLUMBLINE_GOLDEN'] === 'write') writeFileSync(file, actual);
  assert.equal(actual, readFileSync(file, 'utf8'));
}
