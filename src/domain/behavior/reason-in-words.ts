import { shortened } from './shortened.ts';
import type { NoMeasure } from './source-reading.ts';

/** What was found and expected, as a clause. */
export function reasonInWords({ found, expected }: Pick<NoMeasure, 'found' | 'expected'>): string {
  return saysExpected(found) ? shortened(found) : `found ${shortened(found)}, expected ${shortened(expected)}`;
}

/** Whether it is a clause that says already what was expected: who asks a source writes one. */
export function saysExpected(found: string): boolean {
  return found.includes(', expected ');
}
