import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digestOfValue } from '../../../src/domain/digest.ts';
import type { DocumentFormat, ReadingProblem } from '../../../src/domain/document/document.ts';
import { formatOf, readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { limits } from '../../../src/domain/limits.ts';
import { bytesOf } from '../../builders/content.ts';
import type { Content } from '../../builders/content.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const runs = isLong ? 20_000 : 100;

function valueOf(content: Content, format: DocumentFormat): JsonValue {
  const reading = readDocument(bytesOf(content), format);
  assert.equal(reading.kind, 'document', reading.kind === 'problem' ? reading.problem.message : '');
  return reading.kind === 'document' ? reading.document.value : null;
}

function problemOf(content: Content, format: DocumentFormat): ReadingProblem {
  const reading = readDocument(bytesOf(content), format);
  if (reading.kind === 'document') throw new Error(`read ${JSON.stringify(reading.document.value).slice(0, 80)}`);
  return reading.problem;
}

/** `reason at line:column`. */
function refusal(content: Content, format: DocumentFormat): string {
  const { reason, position } = problemOf(content, format);
  return `${reason} ${position.line}:${position.column}`;
}

const refused: readonly (readonly [title: string, format: DocumentFormat, content: Content, refusal: string])[] = [
  ['a duplicate key in JSON', 'json', '{"a": 1,\n "b": 2, "a": 3}', 'unparsable 2:10'],
  ['a duplicate key spelled with an escape', 'json', '{"a":1,"\\u0061":2}', 'unparsable 1:8'],
  ['a duplicate key in YAML', 'yaml', 'a: 1\nb: 2\na: 3\n', 'unparsable 3:1'],
  ['a duplicate key of which one is quoted', 'yaml', 'a: 1\n"a": 2\n', 'unparsable 2:1'],
  ['a number and a string as the same key', 'yaml', '1: a\n"1": b\n', 'unparsable 1:1'],
  ['an integer beyond 2^53-1 in JSON', 'json', '[1, 9007199254740992]', 'unparsable 1:5'],
  ['an integer beyond 2^53-1 in YAML', 'yaml', 'a: -9007199254740992', 'unparsable 1:4'],
  ['an integer beyond 2^53-1 written with a fraction', 'json', '9007199254740993.0', 'unparsable 1:1'],
  ['a number that overflows in JSON', 'json', '1e309', 'unparsable 1:1'],
  ['a number that overflows in YAML', 'yaml', 'a: 1e309', 'unparsable 1:4'],
  ['a number that vanishes', 'json', '1e-400', 'unparsable 1:1'],
  ['half a surrogate pair in a JSON value', 'json', '["\\ud800"]', 'unparsable 1:2'],
  ['half a surrogate pair in a JSON key', 'json', '{"\\udc00": 1}', 'unparsable 1:2'],
  ['half a surrogate pair in YAML', 'yaml', 'a: "\\ud800"', 'unparsable 1:4'],
  ['a byte order mark', 'json', new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'encoding 1:1'],
  ['bytes that are not UTF-8', 'yaml', new Uint8Array([0x61, 0x3a, 0x0a, 0xc3, 0xa9, 0xff, 0x0a]), 'encoding 2:2'],
  ['a byte of Latin-1 before the end of a line', 'yaml', new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a, 0x62]), 'encoding 1:4'],
  ['a cut character at the end', 'yaml', new Uint8Array([0x61, 0xc3]), 'encoding 1:2'],
  ['UTF-16', 'json', new Uint8Array([0x7b, 0x00, 0x7d, 0x00]), 'encoding 1:2'],
  ['a NUL byte', 'yaml', 'a: b\0', 'encoding 1:5'],
  ['an anchor', 'yaml', 'a: &x 1', 'unparsable 1:4'],
  ['an alias', 'yaml', 'a: *x', 'unparsable 1:4'],
  ['a merge key', 'yaml', '<<: {a: 1}', 'unparsable 1:1'],
  ['a tag', 'yaml', 'a: !!str 1', 'unparsable 1:4'],
  ['a private tag, which the library only warns of', 'yaml', 'a: !foo bar', 'unparsable 1:4'],
  ['a directive that turns YAML 1.1 on', 'yaml', '%YAML 1.1\n---\na: yes\n', 'unparsable 1:1'],
  ['a second document', 'yaml', 'a: 1\n---\nb: 2\n', 'unparsable 2:1'],
  ['a boolean key', 'yaml', 'true: 1', 'unparsable 1:1'],
  ['a null key', 'yaml', '~: 1', 'unparsable 1:1'],
  ['an empty key', 'yaml', ': 1', 'unparsable 1:1'],
  ['a collection as a key', 'yaml', '[a]: 1', 'unparsable 1:1'],
  ['infinity', 'yaml', 'a: .inf', 'unparsable 1:4'],
  ['not a number', 'yaml', 'a: .nan', 'unparsable 1:4'],
  ['an octal that YAML 1.1 reads as another number', 'yaml', 'a: 014', 'unparsable 1:4'],
  ['a hexadecimal number', 'yaml', 'a: 0x10', 'unparsable 1:4'],
  ['a lone carriage return', 'yaml', 'a: 1\rb: 2', 'unparsable 1:5'],
  ['a tab as indentation', 'yaml', 'a:\n\tb: 1', 'unparsable 2:1'],
  ['an empty JSON file', 'json', '', 'unparsable 1:1'],
  ['an empty YAML file', 'yaml', '', 'unparsable 1:1'],
  ['a YAML file of comments', 'yaml', '# nothing\n', 'unparsable 1:1'],
  ['a bracket that nothing opened, and all behind it', 'yaml', `]${'&a !b\n'.repeat(3)}`, 'unparsable 1:1'],
  ['a bracket that nothing opened, behind a document', 'yaml', 'a: 1\n...\n]\n', 'unparsable 3:1'],
  ['a code point beyond Unicode', 'yaml', 'a: "\\U00110000"', 'unparsable 1:5'],
  ['a comment in JSON', 'json', '{} // no', 'unparsable 1:4'],
  ['a Git LFS pointer', 'yaml', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', 'lfs_pointer 1:1'],
  ['a Git LFS pointer named JSON', 'json', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', 'lfs_pointer 1:1'],
];

for (const [title, format, content, expected] of refused) {
  test(`readDocument() refuses ${title}`, () => assert.equal(refusal(content, format), expected));
}

test('readDocument() calls no number with a fraction an integer where it refuses it', () => {
  assert.match(problemOf('9007199254740992.5', 'json').message, /the number 9007199254740992\.5, beyond 2\^53-1/);
  assert.match(problemOf('9007199254740992', 'json').message, /the integer 9007199254740992, beyond 2\^53-1/);
});

test('readDocument() keeps `__proto__` as an own member in both formats and pollutes nothing', () => {
  for (const [text, format] of [['{"__proto__": {"polluted": 1}}', 'json'], ['__proto__: {polluted: 1}', 'yaml']] as const) {
    const value = valueOf(text, format);
    assert.deepEqual(Object.keys(Object(value)), ['__proto__']);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal(digestOfValue(value), digestOfValue(JSON.parse('{"__proto__": {"polluted": 1}}')));
  }
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('readDocument() refuses a duplicate `__proto__`', () => {
  assert.equal(refusal('{"__proto__":1,"__proto__":2}', 'json'), 'unparsable 1:16');
  assert.equal(refusal('__proto__: 1\n__proto__: 2', 'yaml'), 'unparsable 2:1');
});

test('readDocument() reads what people write in YAML as JSON would say it', () => {
  const text = 'a: text\nb: "1"\nc: [1, -2.5, 1e3, true, null, ~]\nd:\n  - e: |\n      two\n      lines\n    f: >-\n      fol\n      ded\ng:\n"<<": kept\nh: 2026-11-20\ni: yes\n? j\n: k\n';
  assert.deepEqual(valueOf(text, 'yaml'), {
    a: 'text', b: '1', c: [1, -2.5, 1000, true, null, null], d: [{ e: 'two\nlines\n', f: 'fol ded' }], g: null, '<<': 'kept', h: '2026-11-20', i: 'yes', j: 'k',
  });
});

test('readDocument() reads YAML with CRLF as with LF', () => {
  assert.deepEqual(valueOf('a: |\r\n  x\r\n  y\r\nb: 1\r\n', 'yaml'), valueOf('a: |\n  x\n  y\nb: 1\n', 'yaml'));
});

test('positionOf() gives the place of a key, an element, and of the nearest part above what is missing', () => {
  const json = readDocument(bytesOf('{\n  "a": [1,\n    {"x/y": 2}],\n  "~": 3\n}'), 'json');
  const yaml = readDocument(bytesOf('\na:\n  - 1\n  - "x/y": 2\n"~": 3\n'), 'yaml');
  assert.ok(json.kind === 'document' && yaml.kind === 'document');
  const places = (one: typeof json) => ['', '/a', '/a/0', '/a/1/x~1y', '/~0', '/a/1/missing/deep', '/missing'].map((pointer) => {
    const { line, column } = one.document.positionOf(pointer);
    return `${line}:${column}`;
  });
  assert.deepEqual(places(json), ['1:1', '2:3', '2:9', '3:6', '4:3', '3:5', '1:1']);
  assert.deepEqual(places(yaml), ['2:1', '2:1', '3:5', '4:5', '5:1', '4:5', '2:1']);
});

function withinSeconds(seconds: number, work: () => void): void {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < seconds * 1_000_000, `${(user + system) / 1_000} ms`);
}

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

/** In YAML as people write it: what is within is read without the library, what is over the limit by both. */
function list(values: number, format: DocumentFormat): string {
  return format === 'json' ? `[${Array.from({ length: values - 1 }, () => '1').join(',')}]` : '- 1\n'.repeat(values - 1);
}

for (const format of ['json', 'yaml'] as const) {
  test(`readDocument() refuses ${format} over its limits of size, depth and values, and reads what is just within in three seconds of work`, () => {
    valueOf(nested(limits.depth), format);
    withinSeconds(3, () => valueOf(list(limits.nodes, format), format));
    valueOf(`"${'a'.repeat(limits.fileBytes - 2)}"`, format);
    for (const text of [nested(limits.depth + 1), list(limits.nodes + 1, format), `"${'a'.repeat(limits.fileBytes - 1)}"`]) assert.equal(problemOf(text, format).reason, 'too_large');
  });
}

const bombs: readonly (readonly [string, string])[] = [
  ['flow sequences', '['], ['flow maps', '{'], ['block sequences', '- '], ['explicit keys', '? '], ['empty keys', ': '], ['commas', ','], ['line ends', '\n'], ['comments', '#\n'],
  ['documents', '---\n'], ['ends of documents', '...\n'], ['anchors', '&a '], ['tags', '! '], ['aliases', '*a '], ['closing brackets', ']'], ['quotes', '""'], ['nested keys', 'a: {b: ['], ['directives', '%\n'], ['colons', 'a: b: '],
];

/** A thirty-second part shows as well as the whole that the work does not grow with the square of it. */
const bombBytes = isLong ? limits.fileBytes : limits.fileBytes / 32;

for (const [title, piece] of bombs) {
  test(`readDocument() gives up early on ${bombBytes} bytes of ${title}`, { timeout: 10_000 }, () => {
    const text = piece.repeat(Math.floor(bombBytes / piece.length));
    for (const format of ['yaml', 'json'] as const) assert.equal(readDocument(bytesOf(text), format).kind, 'problem');
  });
}

test('readDocument() reads a YAML map of as many keys as are allowed in six seconds of work, places included, without comparing each with all others', () => {
  const count = limits.nodes - 1;
  const text = Array.from({ length: count }, (_, index) => `key${index}: ${index}\n`).join('');
  withinSeconds(6, () => {
    const reading = readDocument(bytesOf(text), 'yaml');
    assert.ok(reading.kind === 'document');
    assert.equal(Object.keys(Object(reading.document.value)).length, count);
    assert.deepEqual(reading.document.positionOf(`/key${count - 1}`), { line: count, column: 1 });
  });
});

/** A document made of one piece, as the reader without places and the one with them meet it: behind PLUMBLINE_LONG, for what is allowed at most is read above. */
const worst: readonly (readonly [title: string, format: 'json' | 'yaml', piece: (index: number) => string, before: string, after: string])[] = [
  ['a YAML list in brackets', 'yaml', () => '0, ', '[', '0]'],
  ['a YAML map', 'yaml', (index) => `"k${index}": 0\n`, '', 'k: 0\n'],
  ['a JSON list of numbers', 'json', () => '0,', '[', '0]'],
  ['a JSON list of objects', 'json', (index) => `{"${index}":0},`, '[', '0]'],
  ['a JSON object', 'json', (index) => `"${index}":0,`, '{', '"":0}'],
  ['a YAML list in brackets over lines', 'yaml', () => '0,\n', '[\n', '0]'],
  ['a YAML map in brackets', 'yaml', (index) => `"k${index}": 0,\n`, '{\n', 'k: 0}'],
  ['a YAML list', 'yaml', () => '-  0\n', '', '- 0\n'],
  ['a YAML list of lists', 'yaml', () => '- - - - - - 0\n', '', '- 0\n'],
  ['a YAML map of keys with question marks', 'yaml', (index) => `? k${index}\n`, '', 'k: 0\n'],
  ['YAML comments', 'yaml', () => '#\n', '', 'k: 0\n'],
];

for (const [title, format, piece, before, after] of isLong ? worst : []) {
  for (const [size, count] of [['the limit of values', limits.nodes / 2 - 2], ['a megabyte', Infinity]] as const) {
    test(`readDocument() answers ${title} up to ${size} within three seconds of work, places included`, () => {
      let text = before;
      for (let index = 0; index < count && text.length < limits.fileBytes - 100; index += 1) text += piece(index);
      withinSeconds(3, () => {
        const reading = readDocument(bytesOf(text + after), format);
        if (reading.kind === 'document') reading.document.positionOf('/none');
      });
    });
  }
}

test('positionOf() gives the start of a YAML document whose comments are more than the library is asked to place', () => {
  const reading = readDocument(bytesOf(`${'#\n'.repeat(limits.nodes * 5)}k: 0\n`), 'yaml');
  assert.ok(reading.kind === 'document');
  assert.deepEqual(reading.document.positionOf('/k'), { line: 1, column: 1 });
});

test('positionOf() takes no more memory for a name of half a megabyte above tens of thousands of values', { timeout: 20_000 }, () => {
  const name = 'k'.repeat(limits.fileBytes / 2);
  const reading = readDocument(bytesOf(`{"${name}":[${'0,'.repeat(limits.nodes - 10)}0]}`), 'json');
  assert.ok(reading.kind === 'document');
  assert.deepEqual(reading.document.positionOf(`/${name}/100`), { line: 1, column: name.length + 206 });
});

test('readDocument() gives JSON.parse its value for anything that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const reading = readDocument(bytesOf(text), 'json');
      if (reading.kind === 'document') assert.deepEqual(reading.document.value, JSON.parse(text));
    }),
    { seed: 7, numRuns: runs },
  );
});

test('JSON and YAML twins have one hash or are refused', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const [json, yaml] = [readDocument(bytesOf(text), 'json'), readDocument(bytesOf(text), 'yaml')];
      if (json.kind === 'document' && yaml.kind === 'document') assert.equal(digestOfValue(yaml.document.value), digestOfValue(json.document.value));
    }),
    { seed: 8, numRuns: runs },
  );
});

test('readDocument() never throws, whatever the bytes', () => {
  const pieces = fc.constantFrom('a', ':', ' ', '\n', '-', '[', ']', '{', '}', ',', '"', "'", '|', '>', '#', '&', '*', '!', '%', '?', '\\', 'u', '0', '1', '.', 'e', '\t', '\r\n', '---', '...', '<<', '~', 'é', '\u2028', '\ud800');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom<DocumentFormat>('json', 'yaml'), (parts, format) => {
      const reading = readDocument(bytesOf(parts.join('')), format);
      if (reading.kind === 'document') reading.document.positionOf('/a/0');
    }),
    { seed: 9, numRuns: runs * 10 },
  );
});

test('formatOf() takes everything but .json for YAML', () => {
  assert.deepEqual(['a.json', 'A.JSON', 'a.yaml', 'a.yml', 'a'].map(formatOf), ['json', 'json', 'yaml', 'yaml', 'yaml']);
});
