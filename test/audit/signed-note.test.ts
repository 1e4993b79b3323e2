import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { openNote } from '../../src/audit/open-note.ts';
import { formatNote, readNote } from '../../src/audit/signed-note.ts';
import type { SignedNote } from '../../src/audit/signed-note.ts';
import { formatVerifierKey, parseVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import type { VerifierKey } from '../../src/audit/verifier-key.ts';
import { readLogKey } from '../../src/audit/log-key.ts';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aLogKey, rsaPem } from '../builders/a-log.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const runs = { seed: 1, numRuns: isLong ? 5_000 : 60 };

/** The example of C2SP signed-note, and the one that Go's implementation tests with. */
const examples = [
  {
    key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
  },
  {
    key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    note: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
  },
] as const;

function keyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  assert.ok(key !== null);
  return key;
}

function noteOf(text: string): SignedNote {
  const reading = readNote(text);
  assert.ok(reading.kind === 'note', JSON.stringify(reading));
  return reading.note;
}

function openingOf(note: string, keys: readonly VerifierKey[]): string {
  const reading = readNote(note);
  if (reading.kind === 'problem') return 'malformed';
  const opening = openNote(reading.note, keys);
  return opening.kind === 'signed' ? opening.by.map(({ name }) => name).join() : opening.reason;
}

suite('signed notes', () => {
  for (const { key, note } of examples) {
    test(`openNote() accepts the published note of ${keyOf(key).name}`, () => {
      assert.equal(openingOf(note, [keyOf(key)]), keyOf(key).name);
      assert.equal(formatNote(noteOf(note)), note);
      assert.equal(formatVerifierKey(keyOf(key)), key);
    });

    test(`openNote() refuses the published note of ${keyOf(key).name} with a bit of any byte of it changed`, () => {
      const [bytes, trusted] = [Buffer.from(note), keyOf(key)];
      for (let index = 0; index < bytes.length; index += 1) {
        for (const bit of isLong ? [1, 2, 4, 8, 16, 32, 64, 128] : [1 << (index % 8)]) {
          const forged = Buffer.from(bytes);
          forged[index] = (forged[index] ?? 0) ^ bit;
          assert.notEqual(openingOf(forged.toString('utf8'), [trusted]), trusted.name, `byte ${index}`);
        }
      }
    });

    test(`parseVerifierKey() refuses the key of ${keyOf(key).name} with any character changed or any part missing`, () => {
      for (let index = 0; index < key.length; index += 1) {
        const other = String.fromCodePoint(key.charCodeAt(index) + 1);
        assert.equal(parseVerifierKey(key.slice(0, index) + other + key.slice(index + 1)), null);
        assert.equal(parseVerifierKey(key.slice(index + 1)), null);
        assert.equal(parseVerifierKey(key.slice(0, index)), null);
      }
    });
  }

  test('parseVerifierKey() refuses keys of another length or algorithm, even with the right id', () => {
    assert.equal(parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='), null);
    assert.equal(parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'), null);
  });

  test('readNote() splits at the last blank line', () => {
    const note = noteOf('a\n\nb\n\n— name AAAAAAA=\n');
    assert.deepEqual([note.text, note.signatures.length], ['a\n\nb\n', 1]);
  });

  const malformed = {
    'no blank line': 'text\n— name AAAAAAA=\n',
    'no text': '\n— name AAAAAAA=\n',
    'no signature': 'text\n\n',
    'an unended last line': 'text\n\n— name AAAAAAA=',
    'text after the signatures': 'text\n\n— name AAAAAAA=\nmore\n',
    'a hyphen for the dash': 'text\n\n- name AAAAAAA=\n',
    'two dashes': 'text\n\n-- name AAAAAAA=\n',
    'two blanks': 'text\n\n—  name AAAAAAA=\n',
    'a blank at the end': 'text\n\n— name AAAAAAA= \n',
    'a plus in the name': 'text\n\n— na+me AAAAAAA=\n',
    'a Unicode space in the name': 'text\n\n— na\u00a0me AAAAAAA=\n',
    'a signature that is no base64': 'text\n\n— name AAAA*AA=\n',
    'base64 with spare bits': 'text\n\n— name AAAAAAB=\n',
    'URL-safe base64': 'text\n\n— name AAAAA_8=\n',
    'a signature of a key id only': 'text\n\n— name AAAAAA==\n',
    'a carriage return': 'text\r\n\r\n— name AAAAAAA=\r\n',
    'a tab': 'te\txt\n\n— name AAAAAAA=\n',
    'a NUL': 'te\0xt\n\n— name AAAAAAA=\n',
    'a lone surrogate': 'te\ud800xt\n\n— name AAAAAAA=\n',
    'more than 100 signatures': `text\n\n${'— name AAAAAAA=\n'.repeat(101)}`,
    'more than a megabyte': `${'x'.repeat(1024 * 1024)}\n\n— name AAAAAAA=\n`,
  };
  for (const [what, note] of Object.entries(malformed)) {
    test(`readNote() refuses a note with ${what}`, () => {
      assert.equal(readNote(note).kind, 'problem');
    });
  }

  test('readNote() accepts 16 signatures', () => {
    assert.equal(noteOf(`text\n\n${'— name AAAAAAA=\n'.repeat(16)}`).signatures.length, 16);
  });

  test('openNote() ignores keys that share only name or id with a trusted one', () => {
    const [{ key, note }] = examples;
    const other = verifierKeyOf('example.com/foo', aLogKey().publicKey);
    assert.equal(openingOf(note, [other]), 'key_unknown');
    assert.equal(openingOf(note, [{ ...keyOf(key), name: 'example.com/bar' }]), 'key_unknown');
    assert.equal(openingOf(note, []), 'key_unknown');
  });

  test('openNote() refuses a note with one right and one wrong signature of trusted keys', () => {
    const [one, two] = examples;
    const forged = `${one.note}${two.note.split('\n').at(-2) ?? ''}\n`;
    assert.equal(openingOf(forged, [keyOf(one.key)]), 'example.com/foo');
    assert.equal(openingOf(forged, [keyOf(one.key), keyOf(two.key)]), 'signature');
  });

  test('readNote() reads back what formatNote() writes, and nothing else reads as the same', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '/', '.', '—'), minLength: 1, maxLength: 8 });
    const signature = fc.record({ name: word, keyId: fc.constant('00ff10ab'), signature: fc.uint8Array({ minLength: 1, maxLength: 70 }) });
    const text = fc.array(fc.oneof(word, fc.constant('')), { minLength: 1, maxLength: 5 }).map((lines) => `${lines.join('\n')}x\n`);
    fc.assert(fc.property(text, fc.array(signature, { minLength: 1, maxLength: 4 }), (written, signatures) => {
      const note = noteOf(formatNote({ text: written, signatures }));
      assert.equal(note.text, written);
      assert.deepEqual(note.signatures.map((one) => ({ ...one, signature: [...one.signature] })), signatures.map((one) => ({ ...one, signature: [...one.signature] })));
    }), runs);
  });

  test('readNote() never throws on what an attacker sends', () => {
    const hostile = fc.string({ unit: fc.constantFrom('\n', '\n\n', '— ', 'name ', 'AAAAAAA=', '\0', '\ud800', ' '), maxLength: 60 });
    fc.assert(fc.property(hostile, (text) => {
      const reading = readNote(text);
      if (reading.kind === 'note') assert.equal(formatNote(reading.note), text);
    }), runs);
  });
});

suite('log keys', () => {
  test('readLogKey() refuses what is no Ed25519 key and quotes nothing of it', () => {
    assert.throws(() => readLogKey('not a key: s3cret', 'host'), (thrown) => isFailure('CONFIG_INVALID')(thrown) && !String(thrown).includes('s3cret'));
    assert.throws(() => readLogKey(rsaPem(), 'host'), isFailure('CONFIG_INVALID', /rsa/));
  });

  test('signCheckpoint() refuses a signer whose two halves do not belong together', async () => {
    const signer = { ...aLogKey('one'), publicKey: aLogKey('two').publicKey };
    await assert.rejects(signCheckpoint({ origin: 'host/1', size: 1, root: new Uint8Array(32) }, signer), isFailure('CONFIG_INVALID'));
  });
});
