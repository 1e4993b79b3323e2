import { shortened } from './shortened.ts';
import type { NoMeasure } from './source-reading.ts';

/** What was found and expected. Whoever asks a source says already what it expected of it. */
export function reasonInWords({ found, expected }: Pick<NoMeasure, 'found' | 'expected'>): string {
  return found.includes(', expected ') ? `found ${shortened(found)}` : `found ${shortened(found)}, expected ${shortened(expected)}`;
}
