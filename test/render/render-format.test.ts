import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pico from 'picocolors';
import { formats, isFormat, renderFormat } from '../../src/render/render-format.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { sampleDecisions } from './sample-decisions.ts';

const options = { color: pico.createColors(false), skipped: [], alsoAsks: [] };

describe('renderFormat()', () => {
  it('has the five documented formats and refuses any other', () => {
    assert.deepEqual([...formats], ['pretty', 'json', 'sarif', 'github', 'junit']);
    assert.deepEqual(['json', 'JSON', 'xml', ''].map(isFormat), [true, false, false, false]);
  });

  it('ends each format with exactly one newline', () => {
    assert.deepEqual(formats.map((format) => /[^\n]\n$/.test(renderFormat(sampleDecisions.deny, format, options))), formats.map(() => true));
  });

  it('gives each format its own form', () => {
    const starts = formats.map((format) => renderFormat(aDecision(), format, options).slice(0, 5));
    assert.deepEqual(starts, ['Gates', '{\n  "', '{\n  "', '::not', '<?xml']);
  });

  it('writes nothing but the result in the formats that programs read', () => {
    for (const format of ['json', 'sarif'] as const) assert.doesNotThrow(() => JSON.parse(renderFormat(aDecision(), format, { ...options, alsoAsks: ['approvals'] })));
  });
});
