import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readJson } from '../../../src/domain/document/json-reader.ts';
import { noPlaces } from '../../../src/domain/document/places.ts';
import { readPlainJson } from '../../../src/domain/document/plain-json.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { limits } from '../../../src/domain/limits.ts';

const runs = process.env['PLUMBLINE_LONG'] === '1' ? 100_000 : 5_000;

/** The strict reading: asked for places, the reader always goes through the text itself. */
function whole(text: string): JsonValue {
  return readJson(text, noPlaces());
}

/** Whatever the quick reader answers, the strict one must answer too. */
function agree(text: string): boolean {
  const quick = readPlainJson(text);
  if (quick === undefined) return false;
  assert.deepEqual(quick, whole(text), JSON.stringify(text));
  return true;
}

test('readPlainJson() reads a usual contract as the strict reader does', () => {
  const text = '{"contractId": "checkout", "spec": [1, -2.5, 1e3, 0, -0, true, false, null, {}, [], "", "é: \\u007b"],\r\n\t"a" : {"a" :"x:y"}, "__proto__": {"a": 1}, "2": 1, "1": 2}';
  assert.equal(agree(text.replace(String.raw`\u007b`, '{')), true);
});

test('readPlainJson() gives up on what the parser of the engine reads less strictly, or not at all', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const many = (values: number) => `[${Array(values - 1).fill('1').join()}]`;
  const texts = ['', ' ', '{', '[1,]', '01', '{"a":1,"a":1}', '{"a":{"b":1,"c":2,"b":3}}', '{"a":1,"\\u0061":2}', '"\\ud800"', '"\ud800"', '9007199254740993', '-9007199254740992', '1e400', '1e22', '1e-400', '[0, 1e-7]', `0.${'0'.repeat(400)}1`, deep(limits.depth + 1), many(limits.nodes + 1), '"\u0001"', '\ufeff1'];
  for (const text of texts) assert.equal(readPlainJson(text), undefined, text.slice(0, 80));
  for (const text of [deep(limits.depth), many(limits.nodes)]) assert.equal(agree(text), true, text.slice(0, 80));
});

test('readPlainJson() agrees with the strict reader wherever it answers: any value, written in any layout', () => {
  let answered = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, 2, '\t'), (value, indent) => {
      if (agree(JSON.stringify(value, null, indent))) answered += 1;
    }),
    { seed: 31, numRuns: runs },
  );
  assert.ok(answered > runs / 3, `only ${answered} texts were answered`);
});

const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', ' ', '\n', '"', '\\', '"a"', '"b"', '"a":', '"b":', '"__proto__":', '"x:y"', '1', '0', '-0', '-', '.5', 'e5', 'e-5', 'e-400', 'E400', '9007199254740993', 'true', 'null', '\u2028', '\ud800', '\u00a0', '\u0000');

test('readPlainJson() agrees with the strict reader wherever it answers: pieces in any order', () => {
  let answered = 0;
  const members = fc.array(fc.tuple(fc.constantFrom('"a"', '"b"', '"a:"', '"__proto__"', '"1"', '"é"'), fc.constantFrom(':', ' : ', ':\n'), fc.array(piece, { minLength: 1, maxLength: 2 })), { maxLength: 4 });
  fc.assert(
    fc.property(members, (parts) => {
      if (agree(`{${parts.map(([name, colon, value]) => `${name}${colon}${value.join('')}`).join(', ')}}`)) answered += 1;
    }),
    { seed: 32, numRuns: runs * 2 },
  );
  assert.ok(answered > 100, `only ${answered} texts were answered`);
});

test('readPlainJson() agrees with the strict reader wherever it answers: a changed character in a contract', () => {
  const base = '{\n  "contractId": "checkout",\n  "flags": { "halted": false, "until": "x" },\n  "spec": [{ "name": "a:b", "n": 1.5 }, [0, "y"]]\n}\n';
  fc.assert(
    fc.property(fc.nat(base.length), piece, fc.nat(2), (at, inserted, cut) => {
      agree(`${base.slice(0, at)}${inserted}${base.slice(at + cut)}`);
    }),
    { seed: 33, numRuns: runs },
  );
});

test('readPlainJson() takes time in step with the length of the text, whatever stands in it', { timeout: 10_000 }, () => {
  const size = limits.fileBytes - 100;
  for (const text of ['['.repeat(size), '{"a":'.repeat(size / 5), `"${' '.repeat(size)}"`, `["${'":'.repeat(size / 2)}]`, `"${`${'0'.repeat(299)}1`.repeat(size / 300)}"`, `"${'1e'.repeat(size / 2)}"`, `["a"${' '.repeat(size)}]`, `[${'1,'.repeat(size / 2)}1]`]) agree(text);
});
