import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOfAction } from '../../../../src/domain/action/action.ts';
import { digestOfBytes } from '../../../../src/domain/digest.ts';
import type { RequestOf } from '../../../../src/domain/probe-request.ts';
import type { SecretPlace, SecretsAnswer } from '../../../../src/domain/probe-answer.ts';
import { limits } from '../../../../src/domain/limits.ts';
import { secretDeriver } from '../../../../src/gates/governance/secrets/secret-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSide, blobOf, bytesOf } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { actionsOf, deriveWith } from '../derive-with.ts';

const path = 'src/settings.ts';

/** Here every word SECRET… is one. */
function secretsIn({ text }: RequestOf<'secrets'>): SecretsAnswer {
  const secrets = text.split('\n').flatMap((line, index): readonly SecretPlace[] => {
    const at = line.search(/SECRET\w/);
    return at === -1 ? [] : [{ rule: 'test/WORD', line: index + 1, column: at + 1, digest: digestOfBytes(line.slice(at)) }];
  });
  return { kind: 'scanned', secrets };
}

function derive(files: readonly Partial<FileInput>[], world: World = {}) {
  return deriveWith(secretDeriver, { files: files.map((file) => ({ path, ...file })), world: { secrets: secretsIn, ...world } });
}

test('a secret that is added is of tier 4, with its place and kind, the content that it is in, and nothing of itself', () => {
  const head = 'a\n  SECRETabc\nb SECRETdef';
  const { actions, findings } = derive([{ base: 'a\n', head }]);
  assert.deepEqual(findings, []);
  assert.deepEqual(actions, [{
    action: 'secret.commit',
    tier: 4,
    subject: { path },
    paths: [path],
    why: `"${path}" has what looks like a secret (test/WORD) in line 2, and 1 more.`,
    evidence: { blob: blobOf(head), count: 2, secrets: [{ rule: 'test/WORD', line: 2, column: 3 }, { rule: 'test/WORD', line: 3, column: 3 }] },
    place: { path, line: 2, column: 3 },
    finding: 'governance/secret_committed',
    remedy: 'Take the secret out of every commit of this branch and revoke it, since it was pushed; where it is none, ask for a waiver.',
  }]);
  assert.doesNotMatch(JSON.stringify(actions), /SECRETabc|sha256/);
});

test('a secret that stood in the file before is not added, wherever it moves, and one beside it is', () => {
  assert.deepEqual(derive([{ base: 'SECRETabc\n', head: 'x\n\nSECRETabc' }]).actions, []);
  assert.deepEqual(derive([{ base: 'SECRETabc\n', head: 'SECRETnew\nSECRETabc' }]).actions.map(({ evidence }) => evidence), [{ blob: blobOf('SECRETnew\nSECRETabc'), count: 1, secrets: [{ rule: 'test/WORD', line: 1, column: 1 }] }]);
});

test('a secret is added that stood in another file before, unless the file only moves', () => {
  assert.deepEqual(actionsOf(derive([{ base: 'SECRETabc', head: '' }, { path: 'b', head: 'x SECRETabc' }])), ['secret.commit 4 b']);
  assert.deepEqual(derive([{ base: 'SECRETabc', head: null }, { path: 'b', head: 'SECRETabc' }]).actions, []);
});

test('a secret that goes is no action', () => {
  assert.deepEqual(derive([{ base: 'SECRETabc', head: 'x' }, { path: 'b', base: 'SECRETx', head: null }]).actions, []);
});

test('a text in another encoding is looked at', () => {
  const latin = Buffer.concat([Buffer.from([0xe9, 0x0a]), bytesOf('SECRETabc')]);
  const heads = [Buffer.from('\ufeffSECRETabc', 'utf16le'), Buffer.from('SECRETabc', 'utf16le'), Buffer.from('SECRETabc', 'utf16le').swap16(), latin];
  assert.deepEqual(actionsOf(derive(heads.map((head, index) => ({ path: `${index}`, head })))), heads.map((_, index) => `secret.commit 4 ${index}`));
});

test('an attack by a NUL, or by the mark of another encoding, hides no secret', () => {
  for (const [at, head] of ['\0\nSECRETabc', `${'x'.repeat(9_000)}\0\nSECRETabc`, 'x\nSEC\0RETabc\0'].map((text) => bytesOf(text)).entries()) {
    assert.deepEqual(derive([{ head }]).actions.map(placeOfAction).map((place) => place?.line), [2], `${at}`);
  }
  assert.equal(derive([{ head: Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), bytesOf('SECRETabc')]) }]).actions.length, 1);
});

test('a secret in where a symbolic link leads is one, and a submodule has none', () => {
  assert.deepEqual(actionsOf(derive([{ path: 'a', head: aSide('SECRETabc', '120000') }, { path: 'b', head: aSide('SECRETdef', '160000') }], { contents: ['SECRETabc'] })), ['secret.commit 4 a']);
});

test('a text in which nobody can tell counts as a secret', () => {
  const { actions } = derive([{ head: 'x' }], { secrets: () => ({ kind: 'undecided', why: 'the text took longer than 2000 ms' }) });
  assert.deepEqual(actions.map(({ action, why }) => [action, why]), [['secret.commit', `Nobody can tell whether "${path}" has a secret: the text took longer than 2000 ms.`]]);
});

test('a text that was not read, or that nobody looked at, leaves the change open', () => {
  const codes = (world: World) => derive([{ base: 'a', head: 'SECRETabc' }], world).findings.map(({ code, severity }) => `${code} ${severity}`);
  assert.deepEqual(codes({ contents: [] }), ['snapshot/unreadable unknown']);
  assert.deepEqual(codes({ unavailable: ({ kind }) => kind === 'secrets' }), ['snapshot/unreadable unknown']);
  assert.deepEqual(codes({ unavailable: (request) => request.kind === 'secrets' && request.text === 'a' }), ['snapshot/unreadable unknown']);
});

test('a file over the limit is held for a person, and the others are looked at', () => {
  const { actions, findings } = derive([{ path: 'big', head: 'x'.repeat(limits.fileBytes + 1) }, { head: 'SECRETabc' }]);
  assert.deepEqual(findings.map(({ code, severity, path: at }) => [code, severity, at]), [['snapshot/too_many', 'hold', 'big']]);
  assert.equal(actions.length, 1);
});

test('files that are over the limit together are held for a person, not read', () => {
  const side = (index: number) => ({ ...aSide(`x${index}`), size: limits.fileBytes });
  const { findings } = derive(Array.from({ length: 40 }, (_, index) => ({ path: `f${index}`, head: side(index) })), { contents: Array.from({ length: 40 }, (_, index) => `x${index}`) });
  assert.deepEqual(findings.map(({ found }) => found), ['"f23" and 23 more files']);
});
