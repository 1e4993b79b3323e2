import type { Difference } from './difference.ts';
import type { SourceReading } from './source-reading.ts';

/** The answer of a source that compares by itself. @param observedAt When it was compared. */
export function compared(differences: readonly Difference[], observedAt: Date): SourceReading {
  return { kind: 'answered', value: { differences }, observedAt: observedAt.toISOString(), generator: null };
}
