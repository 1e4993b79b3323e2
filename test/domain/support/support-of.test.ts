import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { limits } from '../../../src/domain/limits.ts';
import type { Passage } from '../../../src/domain/support/passage.ts';
import { supportOf } from '../../../src/domain/support/support-of.ts';

const code = `export async function readJsonBody(budget, incoming, mostBytes = 16 * 1024) {
  const place = budget.open();
  if (place === null) return busy;
  return await readBody(incoming, mostBytes, place);
}`;

function inCode(text: string = code): Passage {
  return { text, path: 'src/web/api/read-json-body.ts', lines: { start: 10, end: 14 } };
}

function inProse(text: string): Passage {
  return { text, path: null, lines: null };
}

function vetoesOf(claim: string, passage: Passage): readonly string[] {
  return supportOf(claim, [passage]).vetoes.map(({ kind, text }) => `${kind} ${text}`);
}

test('supportOf() a claim that says what its passage says is high, and of another one low', () => {
  const passage = inProse('The gate retries after 5 minutes. It gives up when the queue is closed by the operator.');
  const same = supportOf('The gate retries after 5 minutes.', [passage]);
  const other = supportOf('Wombats dig burrows at night.', [passage]);
  assert.deepEqual({ same: same.isSupported, other: other.isSupported }, { same: true, other: false });
  assert.ok(same.score > 0.8 && other.score < 0.2, `${same.score} ${other.score}`);
});

for (const [title, passages] of Object.entries({ 'nothing cited': [], 'an empty passage': [inProse('')], 'a passage without words': [inProse('--- *** !!!')], 'a passage that is a path alone': [inCode('')] })) {
  test(`supportOf() refuses ${title}: the score is 0`, () => {
    assert.deepEqual(supportOf('It retries.', passages), { score: 0, vetoes: [], isSupported: false });
  });
}

test('supportOf() a claim without words is not supported', () => {
  const { isSupported } = supportOf('…', [inProse('It retries.')]);
  assert.equal(isSupported, false);
});

test('a number that no passage has vetoes a claim, however well its words fit', () => {
  const passage = inProse('The gate retries after 5 minutes, at most 3 times.');
  assert.deepEqual(vetoesOf('The gate retries after 15 minutes, at most 3 times.', passage), ['number 15']);
  assert.equal(supportOf('The gate retries after 15 minutes, at most 3 times.', [passage]).isSupported, false);
});

const sameAmounts: Readonly<Record<string, string>> = {
  '16 KiB': 'const most = 16 * 1024;',
  '1 MiB': 'const most = 1_048_576;',
  '5 minutes': 'wait(300_000)',
  '85 %': 'if (score < 0.85) return;',
  '10,000': 'limit = 10000',
  '3': 'It is tried three times.',
  '$300,000': 'It cost 300000 dollars.',
  '2 days': 'const age = 2 * 86_400_000;',
};

for (const [amount, text] of Object.entries(sameAmounts)) {
  test(`a number written otherwise is there: ${amount} in ${JSON.stringify(text)}`, () => {
    assert.deepEqual(vetoesOf(`It is ${amount}.`, inProse(text)), []);
  });
}

for (const [what, claim] of Object.entries({ 'full-width': 'The limit is \uff13\uff11 items.', Arabic: 'The limit is \u0663\u0661 items.', raised: 'The limit is 30\u00b2 items.', circled: 'The limit is \u2462 items.', Roman: 'The limit is \u2169 items.' })) {
  test(`attack: a number in ${what} digits that no passage has vetoes a claim, and one that it has does not`, () => {
    assert.equal(supportOf(claim, [inProse('The limit is 30 items.')]).isSupported, false);
    assert.deepEqual(vetoesOf(claim, inProse(`${claim} (30)`)), []);
  });
}

test('attack: a claim of less than two words that say something is not supported, whatever it cites', () => {
  for (const claim of ['the', 'It is so.', 'limit', 'The limit.', 'limit limits LIMIT', 'x']) assert.deepEqual([claim, supportOf(claim, [inProse('The limit is 30 items, it is so.')]).isSupported], [claim, false]);
  assert.equal(supportOf('limit 30', [inProse('The limit is 30 items.')]).isSupported, true);
  assert.equal(supportOf('\u7a0e\u8fbc\u307f\u3067\u5408\u8a08\u3059\u308b', [inProse('\u7a0e\u8fbc\u307f\u3067\u5408\u8a08\u3059\u308b')]).isSupported, true);
});

test('property: a number that is changed to one that is nowhere always vetoes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 99_999 }), fc.integer({ min: 100, max: 99_999 }), (stated, changed) => {
      fc.pre(stated !== changed);
      assert.deepEqual(vetoesOf(`The limit is ${changed} items.`, inProse(`The limit is ${stated} items.`)), [`number ${changed}`]);
      assert.deepEqual(vetoesOf(`The limit is ${stated} items.`, inProse(`The limit is ${stated} items.`)), []);
    }),
    { numRuns: 200 },
  );
});

const missingNames: Readonly<Record<string, string>> = {
  'readJsonBodies caps the body': 'identifier readJsonBodies',
  'the body is capped by `budget.close`': 'identifier budget.close',
  'read_json_body caps the body': 'identifier read_json_body',
  'the body is capped by limitBody()': 'identifier limitBody',
  'the body is capped in src/web/read-body.ts': 'path src/web/read-body.ts',
  'the body is capped with --max-bytes': 'flag --max-bytes',
  'the body is capped since v2.1.0': 'version v2.1.0',
};

for (const [claim, veto] of Object.entries(missingNames)) {
  test(`a name that the cited code does not have vetoes: ${veto}`, () => {
    assert.deepEqual(vetoesOf(claim, inCode()), [veto]);
  });
}

test('names that the cited code has veto nothing, nor do its path, its lines, and names of products', () => {
  const claim = 'On GitHub, `readJsonBody` in read-json-body.ts (src/web/api/read-json-body.ts, lines 10-12) opens `budget.open()` and passes `mostBytes` to readBody().';
  assert.deepEqual(vetoesOf(claim, inCode()), []);
});

test('a line that is not cited is a number like any other', () => {
  assert.deepEqual(vetoesOf('See line 40.', inCode()), ['number 40']);
});

test('a part of a name is not the name', () => {
  assert.deepEqual(vetoesOf('`Json` and `open` and `read`', inCode()), ['identifier Json', 'identifier read']);
});

test('a name stands whole wherever it begins and ends, and its parts where each of them does', () => {
  for (const [name, text] of [['a.b', 'b and a'], ['@foo.bar', 'bar(@foo)'], ['ab', 'abab ab'], ['$el', 'x$el $el'], ['--max', '--max-bytes --max=3'], ['src/a.ts', 'xsrc/a.ts src/a.ts'], ['v1.2.0', '11.2.0, v1.2.0.'], ['aa', 'aaa aa']] as const) assert.deepEqual(vetoesOf(`It is \`${name}\``, inCode(text)), [], name);
  for (const [name, text] of [['a.b', 'b and ac'], ['ab', 'abab'], ['$el', 'x$el'], ['--max', '--max-bytes'], ['v1.2.0', '11.2.0'], ['aa', 'aaa']] as const) assert.equal(vetoesOf(`It is \`${name}\``, inCode(text)).length, 1, name);
});

test('in prose a name counts where backticks say that it is one', () => {
  assert.deepEqual(vetoesOf('McDonald and iMac ran `npmAudit` in COVID-19 times.', inProse('McDonald ran it in COVID-19 times.')), ['identifier npmAudit']);
});

test('several passages support a claim together', () => {
  const claim = 'The gate retries after 5 minutes and gives up after 3 tries.';
  const [first, second] = [inProse('The gate retries after 5 minutes.'), inProse('It gives up after 3 tries.')];
  assert.equal(supportOf(claim, [first]).isSupported, false);
  assert.equal(supportOf(claim, [first, second]).isSupported, true);
});

test('attack: a claim of nothing but names and numbers vetoes with those that are too many to look for', () => {
  const names = Array.from({ length: 150 }, () => '`open`').join(' ');
  assert.equal(supportOf(names, [inCode()]).vetoes.length, 50);
});

test('attack: what is cited beyond the limit does not count', () => {
  const padding = 'word '.repeat(limits.supportCharacters / 5);
  assert.deepEqual(vetoesOf('The limit is 77.', inProse(`${padding} The limit is 77.`)), ['number 77']);
});

test('attack: what is written to make patterns slow is read in the time of its length', () => {
  const hostile = ['`'.repeat(4_000), '1,'.repeat(2_000), 'a.'.repeat(2_000), '1*'.repeat(2_000), '"('.repeat(2_000), 'A'.repeat(4_000), `${'1 * '.repeat(1_000)}x`];
  for (const text of hostile) assert.equal(supportOf(text, [inProse(text.repeat(16))]).score <= 1, true);
  const [dashes, parts] = [`${'-'.repeat(200_000)}a`, Array.from({ length: 100 }, () => `\`${'a.'.repeat(190)}a\``).join(' ')];
  assert.deepEqual([vetoesOf(dashes, inCode('b')), vetoesOf(parts, inCode(`${'a'.repeat(60_000)} a`))], [[], []]);
});

test('property: any texts give a score from 0 to 1, the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 400 }), (claim, text) => {
      const { score } = supportOf(claim, [inCode(text)]);
      assert.ok(score >= 0 && score <= 1);
      assert.deepEqual(supportOf(claim, [inCode(text)]), supportOf(claim, [inCode(text)]));
    }),
    { numRuns: 200 },
  );
});
