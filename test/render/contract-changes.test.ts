import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import pico from 'picocolors';
import type { ContentChange } from '../../src/domain/contract/content-changes.ts';
import { contractChangeLines } from '../../src/render/contract-changes.ts';
import { assertGolden } from './golden.ts';

const [colored, plain] = [pico.createColors(true), pico.createColors(false)];

const changes: readonly ContentChange[] = [
  { kind: 'added', pointer: '/spec/regions', class: 'additive', after: ['eu'] },
  { kind: 'removed', pointer: '/spec/limit', class: 'breaking', before: 120 },
  { kind: 'changed', pointer: '/spec/title', class: 'cosmetic', before: 'Checkout', after: 'The checkout' },
  { kind: 'changed', pointer: '', class: 'breaking', before: {}, after: null },
];

describe('contractChangeLines()', () => {
  it('colours kind, class and values as its golden file has them', () => {
    assertGolden('contract-changes-colored.txt', `${contractChangeLines(changes, colored).join('\n').replaceAll('\u001b', '␛')}\n`);
  });

  it('without colour has the same text and no escape', () => {
    const text = contractChangeLines(changes, plain);
    assert.deepEqual(text, contractChangeLines(changes, colored).map((line) => stripVTControlCharacters(line)));
    assertGolden('contract-changes.txt', `${text.join('\n')}\n`);
  });

  it('lets no colour of a hostile name or value through', () => {
    const hostile = '\u001b[31mred\u009b0m';
    const lines = contractChangeLines([{ kind: 'changed', pointer: `/${hostile}`, class: 'breaking', before: hostile, after: { [hostile]: hostile } }], plain);
    assert.doesNotMatch(lines.join(''), /[\p{Cc}\p{Cf}]/u);
  });

  it('shows two hundred changes and counts the rest', () => {
    const many = Array.from({ length: 1_203 }, (_, index): ContentChange => ({ kind: 'added', pointer: `/${index}`, class: 'additive', after: index }));
    const lines = contractChangeLines(many, plain);
    assert.deepEqual([lines.length, lines.at(-1)], [201, '  and 1,003 changes more']);
  });

  it('of no change is nothing', () => {
    assert.deepEqual(contractChangeLines([], colored), []);
  });
});
