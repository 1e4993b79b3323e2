import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { policyChecksumOf } from '../../../src/domain/contract/policy-checksum.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';

test('policyChecksumOf() is the digest of paths and digests, sorted by path', () => {
  const [a, b] = [digestOfBytes('a'), digestOfBytes('b')];
  const expected = `sha256:${createHash('sha256').update(`[["policies/a.rego","${a}"],["policies/b.rego","${b}"]]`).digest('hex')}`;
  assert.equal(policyChecksumOf([{ path: 'policies/b.rego', digest: b }, { path: 'policies/a.rego', digest: a }]), expected);
});

test('policyChecksumOf() of no source is the digest of the empty list', () => {
  assert.equal(policyChecksumOf([]), 'sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
});

test('policyChecksumOf() sorts paths by UTF-16 code unit', () => {
  const digest = digestOfBytes('');
  const [astral, high] = ['\u{1f600}.rego', '\uffee.rego'];
  assert.equal(policyChecksumOf([{ path: high, digest }, { path: astral, digest }]), digestOfBytes(`[["${astral}","${digest}"],["${high}","${digest}"]]`));
});

test('policyChecksumOf() differs when a source is renamed, edited, or gone', () => {
  const whole = policyChecksumOf([{ path: 'a', digest: digestOfBytes('1') }]);
  for (const other of [[{ path: 'b', digest: digestOfBytes('1') }], [{ path: 'a', digest: digestOfBytes('2') }], []]) assert.notEqual(policyChecksumOf(other), whole);
});
