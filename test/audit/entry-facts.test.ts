import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { readFacts } from '../../src/audit/entry-facts.ts';
import { leafOf } from '../../src/audit/entry.ts';
import { readEntry } from '../../src/audit/read-entry.ts';
import { aDraft, TestLog } from '../builders/a-log.ts';

const runs = { seed: 1, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 50_000 : 400 };

function aLeaf(text = 'x', links: readonly string[] = []): string {
  return Buffer.from(leafOf(new TestLog().append(aDraft({ subject: text, outcome: text, rationale: text, links, repository: { id: 1, name: text } })))).toString();
}

/** The two readings must be one: what the quick one takes, the strict one takes, with the same facts. */
function assertSame(leaf: string): void {
  const [quick, strict] = [readFacts(leaf), readEntry(leaf)];
  if (strict.kind !== 'entry' || quick.kind !== 'entry') return assert.deepEqual(quick, strict, leaf);
  for (const [name, value] of Object.entries(quick.entry)) assert.deepEqual(value, Object.entries(strict.entry).find(([other]) => other === name)?.[1]);
}

suite('readFacts()', () => {
  test('reads the facts of every entry', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('"', '\\', '/', '\u007f', '\u2028', '\\ud'), fc.nat(0x24f).map((code) => String.fromCodePoint(code)), fc.constant('😀')), maxLength: 20 });
    fc.assert(fc.property(text, fc.array(text, { maxLength: 3 }), (written, links) => {
      const leaf = aLeaf(written, links);
      assert.equal(readFacts(leaf).kind, 'entry');
      assertSame(leaf);
    }), { ...runs, numRuns: runs.numRuns / 4 });
  });

  test('agrees with readEntry() on every leaf with some characters changed', () => {
    const leaf = aLeaf('a"b\\c\n\u0001\u001fé', ['l', 'm']);
    const piece = fc.constantFrom('', '"', '\\', '0', '1', '9'.repeat(16), 'a', 'A', ',', ' ', '\n', '{', '}', '[', ']', 'null', 'true', '\\u0008', '\\u0009', '\\u000b', '\\u000B', '\\u007f', '\\/', '\\ud800', '-', '.', '\u007f', '\u0000', ':');
    fc.assert(fc.property(fc.nat(leaf.length), fc.nat(3), piece, (at, length, put) => {
      assertSame(leaf.slice(0, at) + put + leaf.slice(at + length));
    }), runs);
  });

  test('agrees with readEntry() on values that only look right', () => {
    const leaf = aLeaf();
    const changes = [['"account":42', '"account":9007199254740992'], ['"account":42', '"account":042'], ['"id":1,', '"id":9999999999999999,'], ['2026-11-20', '2026-13-20'], ['2026-11-20', '2026-02-30'], ['T12:', 'T25:'], ['"payload":{', '"payload":null,"x":{'], ['"version":1', '"version":2'], ['"version":1}', '"version":1}\n'], ['"x"', String.raw`"\u0008"`], ['"x"', String.raw`"\u001F"`]] as const;
    for (const [from, to] of changes) {
      assert.ok(leaf.includes(from), from);
      assertSame(leaf.replace(from, to));
    }
  });

  test('reads a very long entry as any other', () => {
    // None is appended today; an older version may have.
    const leaf = aLeaf().replaceAll('"x"', `"${'x'.repeat(1_000_000)}"`);
    assert.equal(readFacts(leaf).kind, 'entry');
    assertSame(leaf);
  });
});
