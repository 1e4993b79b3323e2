import { percentile } from '../../parts/percentiles.ts';
import type { AskedPair } from './ask-tools.ts';

export interface ToolTotals {
  readonly pairs: number;
  readonly agreed: number;
  /** It says compatible, and a document shows that it is not. */
  readonly missedBreaks: number;
  /** It says compatible where the label says breaking, and no document was found that shows it. */
  readonly missedLabels: number;
  /** It says breaking where the label says compatible, and no document was found that shows it. */
  readonly falseAlarms: number;
  /** It says breaking where the label says compatible, and a document shows that it is right. */
  readonly labelRefuted: number;
  readonly undecided: number;
  readonly errors: number;
  readonly hangs: number;
  readonly medianSeconds: number;
  readonly p95Seconds: number;
}

export function toolTotals(asked: readonly AskedPair[]): ToolTotals {
  const count = (holds: (one: AskedPair) => boolean): number => asked.filter(holds).length;
  const says = (answer: AskedPair['answer'], label: AskedPair['pair']['label'], isShown: boolean) => (one: AskedPair): boolean => one.answer === answer && one.pair.label === label && (one.pair.witness !== null) === isShown;
  const seconds = asked.map((one) => one.seconds);
  return {
    pairs: asked.length,
    agreed: count(({ answer, pair }) => answer === pair.label),
    missedBreaks: count(({ answer, pair }) => answer === 'compatible' && pair.witness !== null),
    missedLabels: count(says('compatible', 'breaking', false)),
    falseAlarms: count(says('breaking', 'compatible', false)),
    labelRefuted: count(says('breaking', 'compatible', true)),
    undecided: count(({ answer }) => answer === 'undecided'),
    errors: count(({ answer }) => answer === 'error'),
    hangs: count(({ answer }) => answer === 'hang'),
    medianSeconds: percentile(seconds, 0.5),
    p95Seconds: percentile(seconds, 0.95),
  };
}
