import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { VerifiedCitation } from '../../../src/domain/agent-evidence/verified-claim.ts';
import { supportDigest } from '../../../src/domain/support/support-weights.ts';
import { claimSupport } from '../../../src/gates/hallucination/claim-support.ts';

const passage = 'export const mostBytes = 16 * 1024;\n// A body of more than mostBytes is refused.';

function cited(input: Partial<VerifiedCitation> & { readonly role?: 'supports' | 'contradicts' | 'context' } = {}): VerifiedCitation {
  const { role = 'supports', ...rest } = input;
  const citation = { id: 'r1', type: 'repo', revision: null, path: 'src/body.ts', startLine: 3, endLine: 4, quote: null, contentHash: null, role } as const;
  return { citation, verdict: 'verified', checks: [], found: { commit: 'b'.repeat(40), path: 'src/body.ts', startLine: 3, endLine: 4 }, passage, ...rest };
}

function failedIn(text: string, citations: readonly VerifiedCitation[]): readonly string[] {
  return claimSupport(text, { citations })?.checks.flatMap(({ code, status }) => (status === 'failed' ? [code] : [])) ?? ['none'];
}

suite('what is cited for a claim', () => {
  test('carries what it says, with its path and lines', () => {
    const carried = claimSupport('A body of more than 16 KiB (`mostBytes`, src/body.ts line 3) is refused.', { citations: [cited()] });
    assert.deepEqual(carried?.checks.map(({ code, status }) => [code, status]), [['NUMBER_OK', 'passed'], ['NAME_OK', 'passed'], ['SUPPORT', 'passed']]);
    assert.deepEqual({ ...carried?.support, score: 0 }, { score: 0, number_ok: true, name_ok: true, method: `lexical ${supportDigest}` });
  });

  test('does not carry another number, another name, or another matter', () => {
    assert.deepEqual(failedIn('A body of more than 64 KiB is refused.', [cited()]), ['NUMBER_OK', 'SUPPORT']);
    assert.deepEqual(failedIn('A body of more than `leastBytes` is refused.', [cited()]), ['NAME_OK']);
    assert.deepEqual(failedIn('Wombats dig burrows at night.', [cited()]), ['SUPPORT']);
  });

  test('attack: what does not hold, speaks against the claim, or is context alone carries nothing', () => {
    for (const other of [{ verdict: 'unsupported' }, { verdict: 'unverifiable' }, { verdict: 'error' }, { passage: null }, { role: 'contradicts' }, { role: 'context' }] as const) {
      assert.equal(claimSupport('A body is refused.', { citations: [cited(other)] }), null);
      assert.deepEqual(failedIn('A body of more than 99 bytes is refused.', [cited(), cited({ passage: 'more than 99 bytes', ...other })]), ['NUMBER_OK']);
    }
  });

  test('attack: a check tells few of the names that a claim is stuffed with, cut', () => {
    const [, names] = claimSupport(Array.from({ length: 60 }, (_, index) => `\`name${index}${'x'.repeat(200)}\``).join(' '), { citations: [cited()] })?.checks ?? [];
    assert.match(names?.detail ?? '', /and 55 more, which nothing that it cites does$/);
    assert.ok((names?.detail.length ?? 0) < 600);
  });
});
