import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { clip } from '../../src/render/clip.ts';
import { count } from '../../src/render/count.ts';
import { byteLength, fitItems } from '../../src/render/fit-items.ts';
import { instant } from '../../src/render/instant.ts';
import { anyCharacter } from '../builders/any-character.ts';

const runs = { seed: 20261120, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150 };
const asIs = (text: string): string => text;
const more = (left: number): string => `… and ${left} more`;

describe('fitItems()', () => {
  it('keeps all items when they fit', () => {
    assert.equal(fitItems(['a', 'b'], asIs, { bytes: 100, more }), 'a\nb');
  });

  it('says how many are left out when they do not', () => {
    assert.equal(fitItems(['aaaa', 'bbbb', 'cccc'], asIs, { bytes: 22, more }), 'aaaa\n… and 2 more');
  });

  it('renders nothing past the room', () => {
    let rendered = 0;
    const render = (text: string): string => {
      rendered += 1;
      return text;
    };
    fitItems(Array.from({ length: 100_000 }, () => 'aaaa'), render, { bytes: 200, more });
    assert.ok(rendered < 50);
  });

  it('never exceeds the room, cuts no item and accounts for each', () => {
    const items = fc.array(fc.string({ unit: anyCharacter, maxLength: 40 }).map((text) => text.replaceAll('\n', ' ')), { maxLength: 60 });
    fc.assert(
      fc.property(items, fc.integer({ min: 40, max: 800 }), (list, room) => {
        const text = fitItems(list, asIs, { bytes: room, more });
        const left = Number(/… and (\d+) more$/.exec(text)?.[1] ?? 0);
        const kept = list.slice(0, list.length - left);
        assert.equal(text, (left === 0 ? kept : [...kept, more(left)]).join('\n'));
        assert.ok(byteLength(text) <= room);
      }),
      runs,
    );
  });
});

describe('clip()', () => {
  it('cuts at a code point and says that there is more', () => {
    assert.equal(clip('😀😀😀', 2), '😀…');
    assert.equal(clip('😀😀', 2), '😀😀');
  });

  it('never tears a pair nor exceeds its length', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, points) => clip(text, points).isWellFormed() && Array.from(clip(text, points)).length <= points), runs);
  });
});

describe('words for numbers and instants', () => {
  it('group thousands and agree in number', () => {
    assert.deepEqual([count(0, 'file'), count(1, 'file'), count(1_234_567, 'file')], ['0 files', '1 file', '1,234,567 files']);
  });

  it('show minutes in UTC and never throw', () => {
    assert.deepEqual([instant(new Date('2026-11-20T23:59:59.999Z')), instant(new Date('x'))], ['2026-11-20 23:59 UTC', 'an unknown time']);
  });
});
