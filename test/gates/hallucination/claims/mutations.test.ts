import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifiedClaim } from '../../../../src/domain/agent-evidence/verified-claim.ts';
import { aCitedClaim, aRepositoryCitation } from '../../../builders/a-cited-claim.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { settledClaims } from './claims-on.ts';
import { codeBases } from './code-bases.ts';
import type { CodeBase } from './code-bases.ts';
import { mutationCases } from './mutation-set.ts';
import type { MutationCase } from './mutation-set.ts';
import { toldContents } from './told-contents.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const passages = isLong ? 400 : 12;
const seed = 20_261_127;
const together = 50;

test('attack: nothing that was changed in what real code says is verified, and what it says is', async (t) => {
  const counts = new Map<string, { cases: number; wrong: number; moved: number }>();
  const wrong: string[] = [];
  for (const [index, base] of codeBases().entries()) {
    const cases = mutationCases(base, passages, seed + index);
    for (const [at, verified] of (await verdicts(base, cases)).entries()) {
      const one = cases[at];
      if (one === undefined) continue;
      const isWrong = one.isReal ? verified.verdict !== 'verified' : isBelieved(one, verified);
      const count = counts.get(one.kind) ?? { cases: 0, wrong: 0, moved: 0 };
      counts.set(one.kind, { cases: count.cases + 1, wrong: count.wrong + Number(isWrong), moved: count.moved + Number(verified.verdict === 'moved') });
      if (isWrong) wrong.push(`${base.name} ${one.path} ${one.kind}: ${verified.verdict} ${JSON.stringify(one.citation)} ${JSON.stringify(verified.citations[0]?.checks)}`);
    }
  }
  for (const [kind, count] of counts) t.diagnostic(`${kind}: ${count.cases} cases, ${count.wrong} wrong, ${count.moved} moved`);
  assert.deepEqual(wrong, []);
  assert.ok([...counts.values()].reduce((sum, { cases }) => sum + cases, 0) >= (isLong ? 20_000 : 500));
});

/** Lines that are off are told, and the text counts where it stands: it must never count as standing where it does not. */
function isBelieved({ kind }: MutationCase, { verdict }: VerifiedClaim): boolean {
  return kind === 'line' ? verdict === 'verified' : verdict === 'verified' || verdict === 'moved';
}

async function verdicts({ files }: CodeBase, cases: readonly MutationCase[]): Promise<readonly VerifiedClaim[]> {
  const prober = toldContents({ files: Object.fromEntries(files.map(({ path, text }) => [path, text])) });
  const verified: VerifiedClaim[] = [];
  for (let at = 0; at < cases.length; at += together) {
    const claims = cases.slice(at, at + together).map(({ citation }, index) => aCitedClaim({ id: `claim-${index}`, citations: [aRepositoryCitation(citation)] }));
    verified.push(...(await settledClaims(prober, aSnapshot(), claims)));
  }
  return verified;
}
