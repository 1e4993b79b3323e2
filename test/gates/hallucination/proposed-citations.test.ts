import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Citation } from '../../../src/domain/agent-evidence/evidence-document.ts';
import { limits } from '../../../src/domain/limits.ts';
import { Evidence } from '../../../src/domain/evidence.ts';
import { claimRequests, verifyClaim } from '../../../src/gates/hallucination/claims/verify-claim.ts';
import { withProposals } from '../../../src/gates/hallucination/proposed-citations.ts';
import { aCitedClaim, aRepositoryCitation, documentOf } from '../../builders/a-cited-claim.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { toldContents } from './claims/told-contents.ts';

const files = {
  'src/price.ts': 'export function gross(net: number): number {\n  return roundHalfUp(net * taxRate);\n}\n',
  'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes, and keeps the rest of a cent.\n',
};
const price = { id: 'price', quote: 'return roundHalfUp(net * taxRate);' } as const;

/** What is proposed for each citation of one claim. */
async function proposed(...citations: readonly Partial<Citation>[]): Promise<readonly (string | null)[]> {
  const claim = aCitedClaim({ citations: citations.map(aRepositoryCitation) });
  const change = (evidence: Evidence) => ({ snapshot: aSnapshot(), configuration: aConfiguration(), evidence, documents: [documentOf([claim])] });
  const prober = toldContents({ files });
  let evidence = new Evidence();
  for (let round = 0; round < 5; round += 1) evidence = await prober.answer(claimRequests(claim, change(evidence)).filter((request) => !evidence.has(request)), evidence);
  const known = change(evidence);
  const verified = verifyClaim(claim, known);
  const told = withProposals(verified, known);
  assert.deepEqual([told.verdict, told.citations.map(({ verdict }) => verdict)], [verified.verdict, verified.citations.map(({ verdict }) => verdict)]);
  return told.citations.map(({ checks }) => checks.find(({ status }) => status === 'failed')?.nearest ?? null);
}

suite('what somebody may have meant to cite', () => {
  test('is told where the quoted text is near in another cited file, or the file is not there', async () => {
    const cart = { id: 'cart', path: 'docs/cart.md', quote: 'The cart adds up its items' } as const;
    assert.deepEqual(await proposed(cart, { ...price, path: 'docs/cart.md' }), [null, null]);
    assert.deepEqual(await proposed(cart, price, { id: 'gone', path: 'src/gone.ts', quote: 'roundHalfDown(net * taxRate)' }), [null, null, 'src/price.ts:1-3']);
    assert.deepEqual(await proposed(cart, price, { id: 'mixed', quote: 'the cart adds up all items with taxes' }), [null, null, 'docs/cart.md:1-3']);
  });

  test('is not told where nothing is near, nothing is quoted, or the file itself has something near', async () => {
    assert.deepEqual(await proposed(price, { id: 'gone', path: 'src/gone.ts', quote: 'wombats dig burrows under trees at night' }), [null, null]);
    assert.deepEqual(await proposed(price, { id: 'gone', path: 'src/gone.ts', quote: null }), [null, null]);
    assert.match((await proposed({ ...price, quote: 'return roundHalfDown(net * taxRate);' }))[0] ?? '', /^line 2: /);
  });

  test('attack: is told of so many quotes and no more, however many are made up', async () => {
    const gone = Array.from({ length: limits.citationHints + 20 }, (_, index) => ({ id: `gone-${index}`, path: 'src/gone.ts', quote: 'roundHalfDown(net * taxRate)' }));
    assert.equal((await proposed(price, ...gone)).filter((near) => near !== null).length, limits.citationHints);
  });
});
