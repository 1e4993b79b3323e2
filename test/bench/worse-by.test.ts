import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figure } from '../../bench/measure.ts';
import { worseBy } from '../../bench/parts/worse-by.ts';

const aFigure = (changes: Partial<Figure>): Figure => ({ id: 'f', what: 'f', value: 10, unit: 'ms', better: 'lower', scales: 'none', target: null, ...changes });

test('worseBy() is above 1 for a longer time and for a lower rate', () => {
  assert.equal(worseBy({ figure: aFigure({ value: 30 }), yardstickMs: 1 }, { value: 10, yardstickMs: 1 }), 3);
  assert.equal(worseBy({ figure: aFigure({ value: 5, better: 'higher' }), yardstickMs: 1 }, { value: 10, yardstickMs: 1 }), 2);
});

test('worseBy() forgives a time what the machine is slower by, and a count nothing', () => {
  assert.equal(worseBy({ figure: aFigure({ value: 20, scales: 'speed' }), yardstickMs: 2 }, { value: 10, yardstickMs: 1 }), 1);
  assert.equal(worseBy({ figure: aFigure({ value: 20 }), yardstickMs: 2 }, { value: 10, yardstickMs: 1 }), 2);
});

test('worseBy() is without bound where something stands in place of nothing, and 1 where still nothing stands', () => {
  assert.equal(worseBy({ figure: aFigure({ value: 1 }), yardstickMs: 1 }, { value: 0, yardstickMs: 1 }), Number.POSITIVE_INFINITY);
  assert.equal(worseBy({ figure: aFigure({ value: 0 }), yardstickMs: 1 }, { value: 0, yardstickMs: 1 }), 1);
});
