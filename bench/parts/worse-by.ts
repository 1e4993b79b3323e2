import type { BaselineFigure, MeasuredFigure } from './baseline.ts';

/**
 * How many times worse than at the baseline: 1 is the same, 0.5 twice as good. What depends on the machine's speed is
 * compared in units of the yardstick. Something where there was nothing is infinitely worse.
 */
export function worseBy({ figure, yardstickMs }: MeasuredFigure, before: BaselineFigure): number {
  const [now, then] = figure.better === 'lower' ? [figure.value, before.value] : [before.value, figure.value];
  if (now === then) return 1;
  const pace = figure.scales === 'speed' ? yardstickMs / before.yardstickMs : 1;
  return now / then / pace;
}
