import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readJson } from '../../../src/domain/document/json-reader.ts';
import { noPlaces } from '../../../src/domain/document/places.ts';
import { readWrittenJson } from '../../../src/domain/document/written-json.ts';
import { limits } from '../../../src/domain/limits.ts';

const runs = process.env['PLUMBLINE_LONG'] === '1' ? 100_000 : 2_000;

/** Whatever the quick reader answers, the strict one must answer too: asked for places, it reads by itself. */
function agree(text: string): boolean {
  const quick = readWrittenJson(text);
  if (quick === undefined) return false;
  assert.deepEqual(quick, readJson(text, noPlaces()), JSON.stringify(text));
  return true;
}

/** Names and numbers about which readers differ, beside usual ones. */
const name = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('__proto__', 'constructor', 'toJSON', '', '1', '10', '2'));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(-0, 1e21, 1e-7, 5e-324, 9007199254740991, 9007199254740992, 123456789012345680000));
const value = fc.letrec<{ value: unknown }>((tie) => ({ value: fc.oneof({ maxDepth: 4 }, fc.string({ maxLength: 6 }), number, fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(name, tie('value'), { maxKeys: 5 })) })).value;
const written = fc.tuple(value, fc.constantFrom(1, 2, 4, 8, '\t', 0)).map(([one, indent]) => JSON.stringify(one, null, indent));

test('readWrittenJson() reads what a program wrote, with its line end or without, whatever it indents with', () => {
  const text = (indent: number | string): string => JSON.stringify({ id: 'checkout', list: [{ a: [] }, 'x', 1.5, {}], flag: null }, null, indent);
  for (const indent of [1, 2, 4, 8, '\t']) assert.deepEqual([agree(text(indent)), agree(`${text(indent)}\n`)], [true, true], JSON.stringify(indent));
});

test('readWrittenJson() leaves what can be read in two ways to the reader', () => {
  const members = ['"a": 1,\n  "a": 1', '"a": 9007199254740993', '"a": 9007199254740992', '"a": 1.0', '"a": 1e2', '"a": -0', '"a": "\\ud800"', '"a": "\\u0041"', '"b": 1,\n  "1": 2', '"a": 0.1000000000000000055', '"a": 1,'];
  for (const member of members) assert.equal(readWrittenJson(`{\n  ${member}\n}\n`), undefined, member);
  for (const text of ['', '1', '{}', '{"a":1}', '{\r\n  "a": 1\r\n}', ' {\n  "a": 1\n}', '{\n  "a": 1\n}\n\n', '{\n  "a": 1\n}x', '{\n"a": 1\n}']) assert.equal(readWrittenJson(text), undefined, JSON.stringify(text));
});

test('readWrittenJson() answers for no more levels and values than the reader takes', () => {
  for (let depth = limits.depth - 2; depth < limits.depth + 3; depth += 1) {
    const deep: unknown = JSON.parse(`${'['.repeat(depth)}[]${']'.repeat(depth)}`);
    agree(JSON.stringify(deep, null, 1));
  }
  assert.equal(readWrittenJson(JSON.stringify(Array.from({ length: limits.nodes }, () => 1), null, 1)), undefined);
});

test('readWrittenJson() agrees with the reader wherever it answers: written values', () => {
  let answered = 0;
  fc.assert(fc.property(written, (text) => void (answered += Number(agree(text)))), { seed: 8259, numRuns: runs });
  assert.ok(answered > runs / 10, `${answered} of ${runs}`);
});

test('readWrittenJson() agrees with the reader wherever it answers: written values with a piece of one at another place', () => {
  fc.assert(
    fc.property(written, fc.nat(), fc.nat(), fc.nat(60), (text, from, to, length) => {
      const piece = text.slice(from % (text.length + 1)).slice(0, length);
      const at = to % (text.length + 1);
      agree(`${text.slice(0, at)}${piece}${text.slice(at)}`);
    }),
    { seed: 8259, numRuns: runs },
  );
});

test('readWrittenJson() agrees with the reader wherever it answers: a line twice', () => {
  fc.assert(
    fc.property(written, fc.nat(), (text, place) => {
      const lines = text.split('\n');
      const at = place % lines.length;
      agree(lines.toSpliced(at, 0, lines[at] ?? '').join('\n'));
    }),
    { seed: 8259, numRuns: runs },
  );
});
