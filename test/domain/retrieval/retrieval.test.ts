import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { chunksOf } from '../../../src/domain/retrieval/chunks-of.ts';
import { indexText, linesOf, termsOf } from '../../../src/domain/retrieval/indexed-text.ts';
import { proposeCitation } from '../../../src/domain/retrieval/propose-citation.ts';
import { searchTexts } from '../../../src/domain/retrieval/search-texts.ts';

function file(path: string, text: string) {
  return { path, text: indexText(text, path.endsWith('.md') ? 'prose' : 'code') };
}

const files = [
  file('src/web/read-body.ts', 'export function readBody(limit) {\n  // Refuses what is larger.\n  return limit;\n}'),
  file('src/flows/retry.ts', 'export function retryAfter(attempt) {\n  return attempt * 5;\n}'),
  file('docs/limits.md', '# Limits\n\nA body has at most 16 KiB.\n\n# Retries\n\nA job is retried after 5 minutes.'),
];

test('searchTexts() finds prose and code by their words, whatever their endings, case and hyphens', () => {
  const found = searchTexts(files, 'When are jobs retried?', 10);
  assert.deepEqual(found.map(({ path, startLine }) => [path, startLine]), [['docs/limits.md', 5], ['src/flows/retry.ts', 1]]);
  assert.equal(searchTexts(files, 'read the body', 1)[0]?.path, 'src/web/read-body.ts');
});

test('searchTexts() of what nothing says, of nothing, and of no files finds nothing', () => {
  for (const [those, query] of [[files, 'wombat'], [files, ''], [files, 'the of and'], [[], 'retry']] as const) assert.deepEqual(searchTexts(those, query, 5), []);
});

test('a word in the path of a file counts for each of its chunks', () => {
  assert.deepEqual(searchTexts([file('src/cart/total.ts', 'export const sum = 1;'), file('src/other.ts', 'export const sum = 1;')], 'cart sum', 1).map(({ path }) => path), ['src/cart/total.ts']);
});

test('passages that fit as well come by path and line', () => {
  const found = searchTexts([file('b.ts', 'alpha'), file('a.ts', 'alpha')], 'alpha', 5);
  assert.deepEqual(found.map(({ path }) => path), ['a.ts', 'b.ts']);
});

/** BM25 as its formula is written, over word lists: an implementation of another shape. */
function byFormula(texts: readonly string[], query: string): readonly number[] {
  const lists = texts.map((text) => termsOf(text));
  const mean = lists.reduce((sum, { length }) => sum + length, 0) / lists.length;
  return lists.map((list) => {
    let score = 0;
    for (const term of new Set(termsOf(query))) {
      const tf = list.filter((one) => one === term).length;
      const df = lists.filter((other) => other.includes(term)).length;
      score += Math.log((lists.length - df + 0.5) / (df + 0.5) + 1) * ((tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * list.length) / mean)));
    }
    return score;
  });
}

test('property: scores are those of the formula', () => {
  const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), text, (texts, query) => {
      const found = searchTexts(texts.map((one, index) => ({ path: String(index), text: indexText(one, 'code') })), query, 10);
      for (const [index, score] of byFormula(texts, query).entries()) assert.ok(Math.abs((found.find(({ path }) => path === String(index))?.score ?? 0) - score) < 0.001);
    }),
    { numRuns: 200 },
  );
});

test('property: chunks stand in order, overlap nowhere, and leave out blank lines alone', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('', '  ', '# Head', 'const a = 1;', '  indented'), { maxLength: 200 }), fc.constantFrom('code' as const, 'prose' as const), (lines, kind) => {
      let last = 0;
      for (const { startLine, endLine } of chunksOf(lines, kind)) {
        assert.ok(startLine > last && endLine >= startLine && endLine - startLine < 40);
        assert.ok(lines.slice(last, startLine - 1).every((line) => line.trim() === ''));
        last = endLine;
      }
      assert.ok(lines.slice(last).every((line) => line.trim() === ''));
    }),
    { numRuns: 200 },
  );
});

test('linesOf() counts lines as git does, also where they end as on Windows', () => {
  assert.deepEqual(linesOf('a\r\nb\nc'), ['a', 'b', 'c']);
});

test('prose is cut before each heading, code where something begins at the margin', () => {
  assert.deepEqual(chunksOf(['# A', 'a', '', '# B', 'b'], 'prose'), [{ startLine: 1, endLine: 2 }, { startLine: 4, endLine: 5 }]);
  const body = Array.from({ length: 12 }, (_, index) => `  line ${index}`);
  assert.deepEqual(chunksOf(['function a() {', ...body, '', '  more', '}', '', 'function b() {'], 'code'), [{ startLine: 1, endLine: 16 }, { startLine: 18, endLine: 18 }]);
});

test('attack: a query of thousands of words is read in part', () => {
  const words = Array.from({ length: 5_000 }, (_, index) => String(index).replaceAll(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? ''));
  assert.deepEqual(searchTexts([file('z.ts', words.at(-1) ?? '')], words.join(' '), 5), []);
  assert.equal(searchTexts([file('z.ts', words[63] ?? '')], words.join(' '), 5).length, 1);
});

const texts = [file('src/limits.ts', 'export const limits = {\n  bodyBytes: 16 * 1024,\n};'), file('src/retry.ts', 'export const retry = {\n  minutes: 5,\n};')];

test('proposeCitation() tells which lines somebody may have meant, though the quote is not exact', () => {
  const { path, startLine, endLine } = proposeCitation('limits = { bodyBytes: 32 * 1024 }', texts) ?? {};
  assert.deepEqual({ path, startLine, endLine }, { path: 'src/limits.ts', startLine: 1, endLine: 3 });
});

test('proposeCitation() tells nothing where nothing is near, and where nothing is known', () => {
  assert.equal(proposeCitation('wombats dig limits for burrows at night under trees', texts), null);
  assert.equal(proposeCitation('limits', []), null);
  assert.equal(proposeCitation('', texts), null);
});
