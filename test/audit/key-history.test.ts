import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { suite, test } from 'node:test';
import { KeyHistory } from '../../src/audit/key-history.ts';
import { bytesToSign, formatKeyStatement, readKeyStatement } from '../../src/audit/key-statement.ts';
import type { KeyStatement, SignedKeyStatement } from '../../src/audit/key-statement.ts';
import { preAuthentication } from '../../src/audit/pre-authentication.ts';
import { signingKeyOf } from '../../src/audit/signing-key.ts';
import type { SigningKey } from '../../src/audit/signing-key.ts';
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';

interface Pair {
  readonly key: SigningKey;
  readonly privateKey: KeyObject;
}

function aPair(kind: 'Ed25519' | 'ES256' = 'Ed25519'): Pair {
  const { privateKey } = kind === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' }) : generateKeyPairSync('ed25519');
  return { privateKey, key: signingKeyOf(createPublicKey(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))))! };
}

const [one, two, three, stranger] = [aPair(), aPair(), aPair(), aPair()];
const [kms, nextKms] = [aPair('ES256'), aPair('ES256')];
const log = 'plumbline.example/42';

function said(by: Pair, statement: Pick<KeyStatement, 'sequence'> & Partial<Omit<KeyStatement, 'key'>> & { readonly key: Pair }): SignedKeyStatement {
  const whole: KeyStatement = { purpose: 'log', log, replaces: null, from: '2026-11-27T12:00:00.000Z', ...statement, key: statement.key.key };
  const bytes = bytesToSign(whole);
  const signature = by.key.algorithm === 'ES256' ? sign('sha256', bytes, { key: by.privateKey, dsaEncoding: 'ieee-p1363' }) : sign(null, bytes, by.privateKey);
  return { statement: whole, signer: by.key.id, signature };
}

/** What is wrong with the first wrong statement, each at ten times its place; null when none is. */
function taken(history: KeyHistory, ...statements: readonly SignedKeyStatement[]): string | null {
  for (const [index, statement] of statements.entries()) {
    const why = history.take(statement, 10 * (index + 1));
    if (why !== null) return why;
  }
  return null;
}

const toTwo = said(one, { sequence: 1, key: two, replaces: one.key.id });
const toThree = said(two, { sequence: 2, key: three, replaces: two.key.id });

suite('KeyHistory', () => {
  test('leads from the first key to its successors, each for its part of the log', () => {
    const history = new KeyHistory(log, [one.key]);
    assert.equal(taken(history, toTwo, toThree), null);
    const sizes = [0, 10, 11, 20, 21, 1_000];
    assert.deepEqual([one, two, three].map(({ key }) => sizes.filter((size) => history.isGoodFor(key.id, size))), [[0, 10], [11, 20], [21, 1_000]]);
  });

  test('leads from a key in the middle onwards, and not back', () => {
    const history = new KeyHistory(log, [two.key]);
    assert.equal(taken(history, toTwo, toThree), null);
    assert.deepEqual([history.isGoodFor(one.key.id, 5), history.isGoodFor(three.key.id, 50)], [false, true]);
  });

  test('believes nothing that a stranger says', () => {
    const history = new KeyHistory(log, [one.key]);
    assert.equal(taken(history, said(stranger, { sequence: 1, key: stranger, replaces: one.key.id })), null);
    assert.deepEqual([history.isGoodFor(stranger.key.id, 50), history.isGoodFor(one.key.id, 50)], [false, true]);
  });

  test('takes it when replicas say the same in turns', () => {
    assert.equal(taken(new KeyHistory(log, [one.key]), toTwo, said(one, { sequence: 1, key: two, replaces: one.key.id, from: '2026-11-27T12:00:01.000Z' }), toThree, toTwo), null);
  });

  test('lets a log key name the first signing key, and that one certify the log key', () => {
    const statements = [said(one, { sequence: 1, purpose: 'signing', key: kms }), said(kms, { sequence: 2, key: one })];
    const fromLog = new KeyHistory(log, [one.key]);
    const fromKms = new KeyHistory(log, [kms.key]);
    assert.deepEqual([taken(fromLog, ...statements), taken(fromKms, ...statements)], [null, null]);
    assert.deepEqual([fromLog.current('signing'), fromKms.isGoodFor(one.key.id, 3)], [kms.key.id, true]);
  });

  test('lets the signing key replace a log key whose private half is lost', () => {
    const history = new KeyHistory(log, [kms.key]);
    assert.equal(taken(history, said(kms, { sequence: 1, key: one }), said(kms, { sequence: 2, key: two, replaces: one.key.id })), null);
    assert.deepEqual([history.isGoodFor(one.key.id, 21), history.isGoodFor(two.key.id, 21)], [false, true]);
  });

  test('follows signing keys', () => {
    const history = new KeyHistory(log, [one.key]);
    assert.equal(taken(history, said(one, { sequence: 1, purpose: 'signing', key: kms }), said(kms, { sequence: 2, purpose: 'signing', key: nextKms, replaces: kms.key.id })), null);
    assert.deepEqual([history.current('signing'), history.isReplaced(kms.key.id)], [nextKms.key.id, true]);
  });

  test('takes no checkpoint of a key that only signs envelopes', () => {
    const history = new KeyHistory(log, [one.key]);
    assert.equal(taken(history, said(one, { sequence: 1, purpose: 'signing', key: two })), null);
    assert.equal(history.isGoodFor(two.key.id, 50), false);
  });

  test('attack: does not believe a stolen log key that names a signing key to who trusts the right one', () => {
    const history = new KeyHistory(log, [one.key, kms.key]);
    assert.equal(taken(history, said(one, { sequence: 1, purpose: 'signing', key: nextKms }), said(nextKms, { sequence: 2, key: stranger, replaces: one.key.id })), null);
    assert.deepEqual([history.keys().length, history.isGoodFor(stranger.key.id, 50), history.isGoodFor(one.key.id, 50)], [2, false, true]);
  });

  test('convicts no good log to who trusts its log key and the newest of its signing keys', () => {
    const history = new KeyHistory(log, [one.key, nextKms.key]);
    const toNext = said(kms, { sequence: 2, purpose: 'signing', key: nextKms, replaces: kms.key.id });
    assert.equal(taken(history, said(one, { sequence: 1, purpose: 'signing', key: kms }), toNext, said(nextKms, { sequence: 3, key: two, replaces: one.key.id })), null);
    assert.deepEqual([history.isGoodFor(one.key.id, 31), history.isGoodFor(two.key.id, 31)], [false, true]);
  });

  const attacks: Readonly<Record<string, readonly [readonly SigningKey[], readonly SignedKeyStatement[], RegExp]>> = {
    'a statement of another log': [[one.key], [said(one, { sequence: 1, key: two, replaces: one.key.id, log: 'plumbline.example/43' })], /another log/],
    'a signature with a flipped bit': [[one.key], [{ ...toTwo, signature: toTwo.signature.map((byte, index) => (index === 9 ? byte ^ 1 : byte)) }], /signature .* is wrong/],
    'a signature of a stranger under the name of the key': [[one.key], [{ ...said(stranger, { sequence: 1, key: stranger, replaces: one.key.id }), signer: one.key.id }], /signature .* is wrong/],
    'a statement that was changed after it was signed': [[one.key], [{ ...toTwo, statement: { ...toTwo.statement, key: stranger.key } }], /signature .* is wrong/],
    'a successor named by a stolen key that was replaced': [[one.key], [toTwo, said(one, { sequence: 2, key: stranger, replaces: two.key.id })], /replaced before/],
    'the way back to a replaced key': [[one.key], [toTwo, said(two, { sequence: 2, key: one, replaces: two.key.id })], /replaced before/],
    'two successors of one key': [[one.key], [toTwo, said(one, { sequence: 1, key: three, replaces: one.key.id })], /replaced before/],
    'a number that was left out': [[one.key], [said(one, { sequence: 2, key: two, replaces: one.key.id })], /number 2, expected 1/],
    'a number that came before': [[one.key], [toTwo, said(two, { sequence: 1, key: three, replaces: two.key.id })], /number 1, expected 2/],
    'a second log key beside the first': [[one.key], [toTwo, said(two, { sequence: 2, key: three })], /another key than the one in force/],
    'a key that replaces itself': [[one.key], [said(one, { sequence: 1, key: one, replaces: one.key.id })], /by itself/],
    'a stolen log key that names another signing key': [[one.key], [said(one, { sequence: 1, purpose: 'signing', key: kms }), said(one, { sequence: 2, purpose: 'signing', key: nextKms, replaces: kms.key.id })], /not by the signing key before it/],
  };
  for (const [what, [trusted, statements, why]] of Object.entries(attacks)) {
    test(`refuses ${what}`, () => {
      assert.match(taken(new KeyHistory(log, trusted), ...statements) ?? 'accepted', why);
    });
  }
});

suite('readKeyStatement()', () => {
  const form = formatKeyStatement(toTwo);

  test('reads back what was written', () => {
    const read = readKeyStatement(form);
    assert.deepEqual([read?.signer, read?.statement.key.id, read === null ? null : formatKeyStatement(read)], [one.key.id, two.key.id, form]);
  });

  const statement = form['statement'] as JsonObject;
  const key = statement['key'] as JsonObject;
  const ofEs256 = formatKeyStatement(said(one, { sequence: 1, purpose: 'signing', key: kms }))['statement'] as JsonObject;
  const malformed: Readonly<Record<string, JsonValue>> = {
    'no object': [],
    'a member more': { ...form, more: 1 },
    'a signature that is cut': { ...form, signature: 'AAAA' },
    'a signer that is no digest': { ...form, signer: 'one' },
    'a later form': { ...form, statement: { ...statement, type: 'plumbline-key/2' } },
    'another purpose': { ...form, statement: { ...statement, purpose: 'all' } },
    'a sequence of zero': { ...form, statement: { ...statement, sequence: 0 } },
    'a time without milliseconds': { ...form, statement: { ...statement, from: '2026-11-27T12:00:00Z' } },
    'the id of another key': { ...form, statement: { ...statement, key: { ...key, id: one.key.id } } },
    'another algorithm than that of the key': { ...form, statement: { ...statement, key: { ...key, algorithm: 'ES256' } } },
    'a key in another spelling': { ...form, statement: { ...statement, key: { ...key, publicKey: `${String(key['publicKey'])}\n` } } },
    'a log key that signs no checkpoints': { ...form, statement: { ...ofEs256, purpose: 'log' } },
  };
  for (const [what, value] of Object.entries(malformed)) {
    test(`refuses ${what}`, () => {
      assert.equal(readKeyStatement(value), null);
    });
  }

  test('preAuthentication() is the encoding of the DSSE specification', () => {
    assert.equal(Buffer.from(preAuthentication('http://example.com/HelloWorld', Buffer.from('hello world'))).toString(), 'DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });
});
