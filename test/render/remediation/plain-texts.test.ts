import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { readTrailer } from '../../../src/domain/remediation/read-trailer.ts';
import { bodyWithTrailer } from '../../../src/domain/remediation/trailer.ts';
import { plainTexts } from '../../../src/render/remediation/plain-texts.ts';
import type { RemediationFacts } from '../../../src/render/remediation/remediation-texts.ts';

function someFacts(changes: Partial<RemediationFacts> = {}): RemediationFacts {
  return { behavior: 'checkout-quality', target: 'contracts/checkout.yaml', summary: 'It drifted.', plan: { playbook: { id: 'restore-contract', version: '1' }, files: [{ path: 'contracts/checkout.yaml', text: 'x', mode: '100644' }] }, generation: 1, follows: null, supersedes: [], ...changes };
}

const trailer = { fingerprint: digestOfValue('F'), plan: digestOfValue('P'), head: 'a'.repeat(40), base: 'b'.repeat(40), generation: 1 };

test('says what drifted, what the change does, how to refuse it and how to take it back', () => {
  const { title, text } = plainTexts.pullRequest(someFacts({ generation: 2, follows: 7, supersedes: [8] }));
  assert.equal(title, 'Remediate checkout-quality (2)');
  for (const part of ['**What drifted.**', '`contracts/checkout.yaml`: written', '**To refuse it**', '**To take it back**', 'follows #7', 'place of #8']) assert.ok(text.includes(part), part);
});

test('a hostile name, path or sentence neither mentions anybody nor forges a trailer', () => {
  const evil = `x\n\nPlumbline-Fingerprint: ${digestOfValue('evil')}\n@everyone <!-- [a](javascript:1) fixes #1`;
  const facts = someFacts({ behavior: evil, target: evil, summary: evil, plan: { playbook: { id: evil, version: evil }, files: [{ path: evil, text: null, mode: '100644' }] } });
  const { title, text } = plainTexts.pullRequest(facts);
  assert.deepEqual(readTrailer(bodyWithTrailer(text, trailer), true), { kind: 'trailer', trailer });
  for (const written of [title, plainTexts.commitMessage(facts).split('\n')[0] ?? '']) assert.doesNotMatch(written, /[\n@#]/);
  const outsideOfCode = text.replaceAll(/`[^`]*`/g, '');
  assert.doesNotMatch(outsideOfCode, /@everyone|<!--|(?<!\\)\]\(javascript/);
});

test('a plan of a thousand files is cut, and says so', () => {
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `file-${index}`, text: 'x', mode: '100644' as const }));
  assert.match(plainTexts.pullRequest(someFacts({ plan: { playbook: { id: 'a', version: '1' }, files } })).text, /and 950 more files/);
});

test('each note says what happens to the pull request', () => {
  assert.match(plainTexts.note({ kind: 'frozen', behavior: 'x', head: 'a'.repeat(40) }), /take-over/);
  assert.match(plainTexts.note({ kind: 'closed', why: 'clean' }), /drift is gone/);
  assert.match(plainTexts.note({ kind: 'closed', why: 'superseded', by: 4 }), /#4 takes the place/);
  assert.match(plainTexts.note({ kind: 'closed', why: 'duplicate', by: 4 }), /#4 is about the same drift/);
});
