import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isCut } from '../../../../src/gates/hallucination/claims/cut-word.ts';
import { findQuote } from '../../../../src/gates/hallucination/claims/find-quote.ts';
import { foldText } from '../../../../src/gates/hallucination/claims/fold-text.ts';
import { hiddenCharacters } from '../../../../src/gates/hallucination/claims/hidden-characters.ts';
import { nearestText } from '../../../../src/gates/hallucination/claims/nearest-text.ts';
import { occurrences } from '../../../../src/gates/hallucination/claims/occurrences.ts';
import { saysLittle } from '../../../../src/gates/hallucination/claims/says-little.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 300;

test('foldText() folds runs of ASCII white space, line ends and composition, and nothing else', () => {
  assert.equal(foldText('  a\t b\r\n\r\n\n  c  \r\n').text, 'a b c');
  assert.equal(foldText('e\u0301').text, '\u00e9');
  for (const other of ['a\u00a0b', 'a\u2003b', 'a\u200bb', 'a\u2028b', '\ufb01', 'Ａ', '①', 'ß']) assert.equal(foldText(other).text, other);
});

test('foldText() knows where each line starts', () => {
  const { text, starts } = foldText('\none  two\n\n\tthree\n\n');
  assert.deepEqual([text, starts], ['one two three', [0, 0, 7, 8, 13, 13, 13]]);
});

test('attack: a letter with a hundred thousand marks is folded in linear time, and as it is', () => {
  const endless = `a${'\u0315\u0300'.repeat(50_000)}`;
  assert.equal(foldText(endless).text, endless);
  assert.equal(foldText(`e\u0301${'\u0300'.repeat(3)}`).text, `\u00e9${'\u0300'.repeat(3)}`);
});

test('occurrences() finds what a plain search finds, without overlaps, in any text', () => {
  const letters = fc.string({ unit: fc.constantFrom('(', ')', ' '), maxLength: 40 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('(', ')', ' '), minLength: 1, maxLength: 4 }), (text, part) => {
      const plain: number[] = [];
      for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) plain.push(at);
      assert.deepEqual([...occurrences(text, part, 0, text.length)], plain);
    }),
    { numRuns, seed: 41 },
  );
});

test('occurrences() finds what stands between the two indices alone', () => {
  assert.deepEqual([[...occurrences('x x x', 'x', 1, 4)], [...occurrences('x x x', 'x', 1, 2)], [...occurrences('x', '', 0, 1)], [...occurrences('x', 'xx', 0, 1)]], [[2], [], [], []]);
});

test('attack: a quote that the engine takes half a second to look for in a megabyte is found in linear time', () => {
  const part = `${'('.repeat(2_000)})${'('.repeat(2_000)}`;
  assert.deepEqual([...occurrences(`${'('.repeat(1_000_000)}${part}`, part, 0, 1_004_001)], [1_000_000]);
});

const cuts: Readonly<Record<string, readonly [string, boolean]>> = {
  'the beginning of a word': ['foo«ba»r', true],
  'the end of a number': ['x = 3«000»', true],
  'a number without its fraction': ['x = «3».5', true],
  'a fraction': ['x = 3.«5»', true],
  'a number without its thousands': ['a «1»,000 b', true],
  'thousands without their number': ['a 1,«000» b', true],
  'an item of a list': ['[1, 2, «3», 4]', false],
  'a share without its sign': ['by «50»% more', true],
  'a number without its minus': ['x = -«5»;', true],
  'a difference': ['x = a - «5»;', false],
  'what is negated': ['if (!«isOpen»(a))', true],
  'a group that is negated': ['if (!«(a || b)»)', true],
  'half an operator': ['a «=»== b', true],
  'an operator in whole': ['a «===» b', false],
  'the object of a member': ['return «user».name', true],
  'a member': ['return user.«name»;', true],
  'an optional member': ['return user?.«name»;', true],
  'the object of an optional member': ['return «user»?.name;', true],
  'a name in a namespace': ['std::«vector» v', true],
  'a namespace': ['«std»::vector v', true],
  'a spread value': ['f(...«rest»)', true],
  'the last word of a sentence': ['it is «true».', false],
  'the end of a path': ['from src/«price».ts', true],
  'half a name with hyphens': ['run left-«pad» now', true],
  'an option without its no': ['use --no-«verify» here', true],
  'the first half of a contraction': ["it «can»'t fail", true],
  'what stands in quotes': ["say '«hello»' now", false],
  'a call without its arguments': ['x = «parse»(text)', false],
  'a private name without its mark': ['this.x = #«count»;', true],
  'a decorator without its mark': ['@«override» run()', true],
  'a letter without its accent': ['caf«e»\u0301 x', true],
  'a word after what is invisible': ['can\u200b«Delete» x', true],
  'a word before what is invisible': ['«can»\u200bDelete x', true],
  'a word beyond the basic plane': ['«\u{1d4d0}»\u{1d4d1}', true],
  'a whole line': ['«a = b»', false],
  'an escape without its mark': [String.raw`'a\«n»b'`, true],
};

for (const [title, [marked, isExpected]] of Object.entries(cuts)) {
  test(`isCut() says ${String(isExpected)} for ${title}`, () => {
    const [before = '', part = '', after = ''] = marked.split(/[«»]/);
    assert.equal(isCut(`${before}${part}${after}`, before.length, before.length + part.length), isExpected);
  });
}

test('findQuote() looks at the cited lines and five beside them, then everywhere, and says where it is nearest', () => {
  const file = foldText(Array.from({ length: 40 }, (_, index) => (index === 9 || index === 29 ? 'the quote' : `line ${index + 1}`)).join('\n'));
  const at = (start: number, end = start): unknown => findQuote(file, 'the quote', { start, end });
  assert.deepEqual([at(10), at(5), at(15)], Array.from({ length: 3 }, () => ({ kind: 'there', lines: { start: 10, end: 10 }, isOften: false })));
  assert.deepEqual([at(4), at(16), at(24)], [10, 10, 30].map((line) => ({ kind: 'elsewhere', lines: { start: line, end: line }, isOften: false })));
  assert.deepEqual([at(1, 40), findQuote(file, 'the quote', null)], Array.from({ length: 2 }, () => ({ kind: 'there', lines: { start: 10, end: 10 }, isOften: false })));
  assert.deepEqual(findQuote(file, 'another quote', { start: 10, end: 10 }), { kind: 'absent' });
});

test('findQuote() tells what stands in a file three times', () => {
  const times = (count: number): unknown => findQuote(foldText('the quote\n'.repeat(count)), 'the quote', { start: 1, end: 1 });
  assert.deepEqual([times(2), times(3)], [false, true].map((isOften) => ({ kind: 'there', lines: { start: 1, end: 1 }, isOften })));
});

test('saysLittle() takes short text with fewer than two names for boilerplate, and brackets of any length', () => {
  for (const little of ['}', 'return null;', 'const total =', 'if (value) {', '-'.repeat(60), '}); }); }); }); }); }); }); });']) assert.equal(saysLittle(little), true, little);
  for (const enough of ['total = price * rate', 'return roundHalfUp(value);', "'\\u2003', '\\u2004', '\\u2005',", 'the user may delete']) assert.equal(saysLittle(enough), false, enough);
});

const hidden: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'plain text': ['const a = "b";\n\t', []],
  'accents, quotes and dashes': ['„naïve“ – café …', []],
  'an emoji with its presentation': ['❤\ufe0f', []],
  'Russian': ['Цена округляется вверх, а не вниз', []],
  'Greek letters in a formula': ['σ² = Σ(x − μ)²', []],
  'a zero-width space': ['a\u200bb', ['U+200B invisible']],
  'a soft hyphen': ['a\u00adb', ['U+00AD invisible']],
  'a tag character': ['a\u{e0041}b', ['U+E0041 invisible']],
  'a turned direction': ['a\u202eb\u2066c', ['U+202E bidirectional', 'U+2066 bidirectional']],
  'a control character': ['a\u0008b', ['U+0008 control']],
  'a no-break space': ['a\u00a0b', ['U+00A0 lookalike']],
  'the sign for Kelvin': ['300 \u212a', ['U+212A lookalike']],
  'a full-width colon': ['a\uff1a b', ['U+FF1A lookalike']],
  'a Cyrillic letter in a Latin word': ['sc\u043epe', ['U+043E lookalike']],
  'a word of Cyrillic letters that look Latin, among Latin ones': ['const \u0440\u0430\u0443 = total', ['U+0440 lookalike', 'U+0430 lookalike', 'U+0443 lookalike']],
};

for (const [title, [text, expected]] of Object.entries(hidden)) {
  test(`hiddenCharacters() of ${title}`, () => {
    assert.deepEqual(hiddenCharacters(text).map(({ what, point }) => `${point} ${what}`), expected);
  });
}

test('hiddenCharacters() tells five at most', () => {
  assert.equal(hiddenCharacters('\u200b\u200c\u200d\u2060\u2061\u2062\u2063').length, 5);
});

test('nearestText() names the lines that share most words with a quote, and none where less than half are shared', () => {
  const file = foldText('function a() {\n  return price * 2;\n}\n\nfunction b() {\n  return price * tax;\n}\n');
  assert.deepEqual(nearestText(file, 'return price * taxes;', { lines: 1, room: 1_000 }), { line: 2, text: 'return price * 2;' });
  assert.deepEqual(nearestText(file, 'function b() { return price + tax; }', { lines: 3, room: 1_000 }), { line: 5, text: 'function b() { return price * tax; }' });
  assert.deepEqual([nearestText(file, 'something else entirely', { lines: 1, room: 1_000 }), nearestText(file, '{ }', { lines: 1, room: 1_000 }), nearestText(foldText(''), 'price', { lines: 1, room: 1_000 })], [null, null, null]);
});

test('nearestText() looks through as much as it may, and shows a line', () => {
  const file = foldText(`${'first line\n'.repeat(10)}the text that is looked for`);
  assert.equal(nearestText(file, 'the text that is looked', { lines: 1, room: 50 }), null);
  assert.equal(Array.from(nearestText(foldText(`the text ${'\u{1d4d0}'.repeat(500)}`), 'the text', { lines: 1, room: 9_999 })?.text ?? '').length, 160);
});
