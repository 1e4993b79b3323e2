import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { limits } from '../../../src/domain/limits.ts';
import { noPlaces } from '../../../src/domain/document/places.ts';
import { readPlainYaml } from '../../../src/domain/document/plain-yaml.ts';
import { refuseControlCharacters } from '../../../src/domain/document/refuse-control-characters.ts';
import { readYaml } from '../../../src/domain/document/yaml-reader.ts';
import { aContract } from '../../builders/a-contract.ts';
import { conformanceFolder, needsConformance } from '../../builders/conformance.ts';

const runs = process.env['PLUMBLINE_LONG'] === '1' ? 60_000 : 800;

/** The quick reading; control characters are refused before it, so it never sees them. */
function plain(text: string): JsonValue | undefined {
  try {
    refuseControlCharacters(text);
  } catch {
    return undefined;
  }
  return readPlainYaml(text);
}

/** The library's reading: asked for places, the reader always goes through its tree. */
function whole(text: string): JsonValue {
  return readYaml(text, noPlaces());
}

/** Whatever the quick reader answers, the library must answer too. */
function agree(text: string): boolean {
  const quick = plain(text);
  if (quick === undefined) return false;
  assert.deepEqual(quick, whole(text), JSON.stringify(text));
  return true;
}

test('readPlainYaml() reads a usual contract as the library does', () => {
  const text = `# yaml-language-server: $schema=x\n---\n${aContract({ flags: { halted: false } }).replaceAll('{"', '{ "').replaceAll('":', '": ')}list:\n- a: 1 # one\n  b: [x, "y z", {k: v}]\n-\n  c:\n- - 1\n  - 'it''s'\nnext:\n    deep: text with spaces\n`;
  assert.equal(agree(text), true);
});

test('readPlainYaml() gives up on what it does not know for sure', () => {
  for (const text of ['', 'a', 'a: |\n  x', 'a: &x 1', 'a: b\n  c', 'a: b: c', 'a:\n  b: 1\n c: 2', '1: a', 'a: 014', 'a: 0x1', 'a: 1\na: 2', '- a\nb: 1', 'a: 1\n- b', 'a:\t1', '? a', 'a: [b', 'a: {b}', 'a: "\\x41"', 'true: 1', '<<: 1', 'a: 9007199254740993']) {
    assert.equal(plain(text), undefined, JSON.stringify(text));
  }
});

test('readPlainYaml() agrees with the library wherever it answers: values written by the library', () => {
  let answered = 0;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(1, 2, 4), (value, indent) => {
      if (agree(stringify(value, { indent, lineWidth: 0 }))) answered += 1;
    }),
    { seed: 21, numRuns: Math.floor(runs / 3) },
  );
  assert.ok(answered > 0);
});

const word = fc.constantFrom('a', 'b', 'key', 'a-b', 'x.y', 'null', 'true', 'No', '~', '1', '-1', '1.5', '1e3', '014', '0x1f', '0o7', '+1', '.5', '5.', '.inf', '-.INF', '.nan', '2026-11-20', '1:30', 'v1.0.0', '"q"', '"q\\n"', "'s'", "'it''s'", '""', "''", 'é', 'two words', 'a#b', 'a #c', '# c', '[a, b]', '[a,b]', '{a: b}', '{a: 1, "b": [2]}', '{ }', '[]', '[ 1 , 2 ]', '-', '--', '---', '...', '- x', 'a: b', 'a:', ':', '?', '? x', '|', '>', '*a', '&a b', '!t', '%x', '@x', '`x', '"a" b', '"a":1', '<<', '"<<"', '[a: b]', '{a}', '[a,]', '-x', '1_000', '0.0', '-0', '1e999', '1e-999', '9007199254740993', 'a  ', '$x', '/p/q', '\u00a0x', 'x\u00a0');
const line = fc.tuple(fc.nat(5), fc.constantFrom('', 'a: ', 'b: ', 'c:', 'key:  ', '- ', '-', '- a: ', '- - ', '-  ', '"q": ', "'s': ", '1: ', '? ', ': '), fc.option(word, { nil: '', freq: 6 }), fc.constantFrom('', '', '', ' ', ' # c', '#c', '\r')).map(([indent, start, value, end]) => `${' '.repeat(indent)}${start}${value}${end}`);

test('readPlainYaml() agrees with the library wherever it answers: random lines', () => {
  let answered = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\n\n', '\r\n'), (lines, end) => {
      if (agree(lines.join(end))) answered += 1;
    }),
    { seed: 22, numRuns: runs * 4 },
  );
  assert.ok(answered > 100, `only ${answered} texts were answered`);
});

test('readPlainYaml() agrees with the library wherever it answers: a changed character in a contract', () => {
  const base = 'contractId: checkout\nflags: {halted: false, until: "x"}\nspec:\n  - name: a b # note\n    n: 1.5\n  - [x, y]\nlast: \'q\'\n';
  fc.assert(
    fc.property(fc.nat(base.length), fc.constantFrom('', ' ', '\n', ':', '-', '#', '"', "'", '[', ']', '{', '}', ',', '1', 'e', '.', '&', '*', '|', '?', '\n ', '\n  ', ': ', '- ', ' #'), fc.nat(2), (at, piece, cut) => {
      agree(`${base.slice(0, at)}${piece}${base.slice(at + cut)}`);
    }),
    { seed: 23, numRuns: runs },
  );
});

test('readPlainYaml() agrees with the published suite wherever it answers', needsConformance('yaml'), () => {
  const cases = readFileSync(join(conformanceFolder('yaml'), 'yaml-test-suite.jsonl'), 'utf8').trim().split('\n');
  const answered = cases.filter((text) => {
    const one: { readonly yaml: string } = JSON.parse(text);
    return agree(one.yaml);
  });
  assert.ok(answered.length > 15, `only ${answered.length}`);
});

test('readPlainYaml() takes time in step with the length of the text, whatever stands in it', { timeout: 10_000 }, () => {
  const size = limits.fileBytes - 100;
  for (const text of [`a: x${' '.repeat(size)}y`, `a: "${'x'.repeat(size)}"`, `a: '${"''".repeat(size / 2)}'`, `a: "${'\\n'.repeat(size / 2)}"`, `a: ${'1'.repeat(size)}`, `a: ${'[ '.repeat(size / 2)}`, '- '.repeat(size / 2), `a: x${' #'.repeat(size / 2)}`, `${' '.repeat(size)}a: 1`, `a: ${'x:'.repeat(size / 2)}`]) agree(text);
});
