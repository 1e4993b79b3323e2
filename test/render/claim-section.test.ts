import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimSection } from '../../src/render/claim-section.ts';
import { aRecordedClaim, aVerification } from '../builders/a-verification.ts';

const commit = 'a'.repeat(40);

function linkTo(path: string): string | undefined {
  const citations = [{ id: 'q1', verdict: 'verified', role: 'supports', path, found: { commit, path, startLine: 3, endLine: 5 } }] as const;
  const section = claimSection(aVerification({ claims: [aRecordedClaim({ citations })] }), { repositoryUrl: 'https://github.example/acme/shop' });
  return /\]\(https:\/\/github\.example\/acme\/shop\/blob\/a+\/([^)]+)\)/.exec(section)?.[1];
}

test('claimSection() leads to the exact lines, also of a file that GitHub shows without lines unless it is asked for its text', () => {
  assert.deepEqual(['src/cart.ts', 'docs/cart.md'].map(linkTo), ['src/cart.ts?plain=1#L3-L5', 'docs/cart.md?plain=1#L3-L5']);
});

test('attack: claimSection() lets a path neither ask nor point elsewhere', () => {
  assert.equal(linkTo('docs/a b?plain=0#L9 (x).md'), 'docs/a%20b%3Fplain%3D0%23L9%20%28x%29.md?plain=1#L3-L5');
});
