import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Measured } from '../../../domain/behavior/measured.ts';

/** What somebody else compared: each objection is a clause of theirs, and may quote what a source said. */
export interface ObjectionsMetric {
  readonly kind: 'objections';
  readonly objections: readonly string[];
}

/** Objections that are told. */
const shown = 5;

/** Any objection → drift. */
export function measureObjections({ objections }: ObjectionsMetric): Measured {
  const isAgreed = objections.length === 0;
  const rest = objections.length > shown ? `; and ${objections.length - shown} more` : '';
  const why = isAgreed ? 'It is as agreed.' : `${objections.slice(0, shown).join('; ')}${rest}.`;
  return { method: 'canonical-difference', verdict: isAgreed ? 'pass' : 'drift', needsMore: false, estimate: null, interval: openInterval, tolerated: openInterval, confidence: 1, sizes: { baseline: null, samples: 1 }, why };
}
