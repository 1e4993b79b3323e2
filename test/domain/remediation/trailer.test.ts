import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digestOfBytes, digestOfValue } from '../../../src/domain/digest.ts';
import { readTrailer } from '../../../src/domain/remediation/read-trailer.ts';
import { bodyOf, bodyWithTrailer } from '../../../src/domain/remediation/trailer.ts';
import type { Trailer } from '../../../src/domain/remediation/trailer.ts';
import { anyCharacter } from '../../builders/any-character.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150;

const written: Omit<Trailer, 'text'> = { fingerprint: digestOfValue('F'), plan: digestOfValue('plan'), head: 'a'.repeat(40), base: 'b'.repeat(64), generation: 1 };
const trailer: Trailer = { ...written, text: digestOfBytes('What drifted.') };
const body = bodyWithTrailer('What drifted.', written);
const read = { kind: 'trailer', trailer, theirs: null };

/** What a reading tells, but for the digest of the text. */
function toldBy(text: string): unknown {
  const reading = readTrailer(text, true);
  if (reading.kind !== 'trailer') return reading;
  const { text: _, ...rest } = reading.trailer;
  return { ...reading, trailer: rest };
}

const asWritten = { kind: 'trailer', trailer: written, theirs: null };
const refused = (why: string) => ({ kind: 'refused', why });

test('a trailer stands in the last lines, after an empty one', () => {
  assert.equal(body, `What drifted.\n\nPlumbline-Fingerprint: ${trailer.fingerprint}\nPlumbline-Plan: ${trailer.plan}\nPlumbline-Head: ${trailer.head}\nPlumbline-Base: ${trailer.base}\nPlumbline-Generation: 1\nPlumbline-Text: ${trailer.text}\n`);
  assert.deepEqual(readTrailer(body, true), read);
});

test('readTrailer() reads a text that a web form sent', () => {
  assert.deepEqual(readTrailer(body.replaceAll('\n', '\r\n'), true), read);
  assert.deepEqual(readTrailer(body.trimEnd(), true), read);
});

test('readTrailer() tells a text that a person wrote into, and it is told again below which our lines are others', () => {
  const theirs = 'Not before Monday.\n\nWhat drifted.';
  const edited = body.replace('What drifted.', theirs);
  assert.deepEqual(readTrailer(edited.replaceAll('\n', '\r\n'), true), { ...read, theirs });
  const later = { ...trailer, head: 'c'.repeat(40) };
  assert.deepEqual(readTrailer(bodyOf(theirs, later), true), { kind: 'trailer', trailer: later, theirs });
  assert.deepEqual(readTrailer(bodyOf('', later), true), { kind: 'trailer', trailer: later, theirs: '' });
});

test('readTrailer() finds none in a text without one, and in none', () => {
  for (const text of [null, '', 'Plumbline-Mend: x', 'see Plumbline-Head: x']) assert.deepEqual(readTrailer(text, true), { kind: 'none' });
});

test("the attack: a trailer in another's pull request is refused", () => {
  assert.deepEqual(readTrailer(body, false), refused('author'));
});

test('the attack: a second trailer is refused, before or after ours', () => {
  const other = bodyWithTrailer('', { ...written, fingerprint: digestOfValue('other') });
  for (const text of [other + body, body + other, body + body, `Plumbline-Fingerprint: x\n\n${body}`, `plumbline-generation: 2\n\n${body}`]) assert.deepEqual(readTrailer(text, true), refused('several'));
});

test('a quoted or indented trailer is not read', () => {
  const quoted = body.replaceAll(/^/gm, '> ');
  assert.deepEqual(readTrailer(quoted, true), { kind: 'none' });
  assert.deepEqual(readTrailer(body.replaceAll(/^/gm, '    '), true), { kind: 'none' });
  const text = `${quoted}\n\n${body}`;
  assert.deepEqual(readTrailer(text, true), { ...read, theirs: `${quoted}\n\nWhat drifted.` });
});

test('readTrailer() refuses what is not last, whole and in order', () => {
  const lines = body.trimEnd().split('\n');
  const texts = [`${body}\nMore.`, `\`\`\`\n${body}\`\`\``, lines.toSpliced(3, 1).join('\n'), lines.with(3, lines[4]!).with(4, lines[3]!).join('\n'), lines.toSpliced(1, 1).join('\n'), body.replace('Plumbline-Plan: ', 'Plumbline-Plan:'), body.replace('Plumbline-Plan', 'plumbline-plan')];
  for (const text of texts) assert.deepEqual(readTrailer(text, true), refused('misplaced'));
});

test('readTrailer() refuses values that are none', () => {
  const texts = [body.replace('Generation: 1', 'Generation: 01'), body.replace('Generation: 1', 'Generation: 1 '), body.replace('Generation: 1', 'Generation: 1e3'), body.replace(trailer.head, 'A'.repeat(40)), body.replace(trailer.head, ''), body.replace(/Text: sha256:../, 'Text: sha256:'), body.replace('sha256:', 'sha1:'), body.replace(trailer.base, 'b'.repeat(41))];
  for (const text of texts) assert.deepEqual(readTrailer(text, true), refused('malformed'));
});

test('bodyWithTrailer() cuts a long text before the trailer, within what GitHub takes', () => {
  for (const text of ['x'.repeat(65_535), '😀'.repeat(40_000), '\nPlumbline-Head: '.repeat(5_000)]) {
    const long = bodyWithTrailer(text, written);
    assert.ok(long.length <= 65_535 && long.length > 65_000 && long.isWellFormed());
    assert.deepEqual(toldBy(long), asWritten);
  }
});

test('the attack: no text passes its own trailer for ours, or voids ours', () => {
  const part = fc.oneof(fc.constantFrom('\n', '\r', '\r\n', '\n\n', '```', '<!--', '> ', '\u2028', '\\', 'Plumbline-Fingerprint: ', 'plumbline-plan:', 'Plumbline-Head: ', 'Plumbline-Generation: 7', 'Plumbline-Text: ', bodyWithTrailer('', { ...written, generation: 9 })), fc.string({ unit: anyCharacter, maxLength: 8 }));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      assert.deepEqual(toldBy(bodyWithTrailer(parts.join(''), written)), asWritten);
    }),
    { seed: 9, numRuns },
  );
});

test('the attack: any text is read without trouble, however long', () => {
  for (const text of ['Plumbline-Head:'.repeat(4_369), '\r'.repeat(65_535), 'Plumbline-Head:\n'.repeat(4_000), '\n \n'.repeat(20_000)]) assert.notEqual(readTrailer(text, true).kind, 'trailer');
});

const older = readFileSync(join(import.meta.dirname, 'fixtures', 'five-line-text.md'), 'utf8');

test('readTrailer() reads the five lines of an older version as ours, with the text above them', () => {
  const [, fingerprint, plan, head, base] = /Fingerprint: (.*)\n.*Plan: (.*)\n.*Head: (.*)\n.*Base: (.*)\n/.exec(older) ?? assert.fail();
  const text = digestOfBytes(older.slice(0, older.indexOf('\n\nPlumbline-Fingerprint')).trimEnd());
  assert.deepEqual([readTrailer(older, true), readTrailer(older.replaceAll('\n', '\r\n'), true), readTrailer(older, false)], [{ kind: 'trailer', trailer: { fingerprint, plan, head, base, generation: 1, text }, theirs: null }, { kind: 'trailer', trailer: { fingerprint, plan, head, base, generation: 1, text }, theirs: null }, refused('author')]);
});

test('readTrailer() refuses five lines beside one of the sixth name, and what follows them', () => {
  for (const text of [`Plumbline-Text: ${trailer.text}\n\n${older}`, `${older}\nMore.`, older.replace(/Plumbline-Base: .*\n/, '')]) assert.deepEqual(readTrailer(text, true), refused('misplaced'));
});
