import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { assert as hold, boolean, constant, constantFrom, double, integer, oneof, property, record, string } from 'fast-check';
import type { ClaimVerdict } from '../../../src/domain/agent-evidence/verified-claim.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { JudgedPassage, JudgementAnswer } from '../../../src/domain/support/judgement.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { aCitation, aClaim } from '../../builders/an-evidence-document.ts';
import type { World } from '../../builders/evidence-of.ts';
import { judgeAgentsChange } from './an-agents-change.ts';

const cited: World = { unlisted: { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' } };
const says = (label: 'supported' | 'unsupported' | 'contradicted', score = 1): JudgementAnswer => ({ kind: 'judged', id: 'nli/large@3', label, score });
const judgedBy = (answer: JudgementAnswer, claim: object = {}): Verdict => judgeAgentsChange({ document: { claims: [aClaim({ ...claim })] }, world: { ...cited, judgements: () => answer } });
const claimVerdict = ({ verification }: Verdict): ClaimVerdict | undefined => verification?.claims[0]?.verdict;

suite('an outside judge', () => {
  test('leaves a claim as it is that it supports, and is recorded with its score', () => {
    const { verdict, verification } = judgedBy(says('supported', 0.9));
    assert.deepEqual([verdict, verification?.claims[0]?.verdict, verification?.claims[0]?.support?.judge], ['pass', 'verified', { id: 'nli/large@3', score: 0.9, only_lowers: true }]);
    assert.equal(verification?.verified_by_rag, true);
  });

  test('lowers a claim with a check, and a critical one that it calls contradicted fails', () => {
    const [unsupported, contradicted, halfhearted] = [judgedBy(says('unsupported', 0.2)), judgedBy(says('contradicted', 0)), judgedBy(says('supported', 0.4))];
    assert.deepEqual([unsupported, contradicted, halfhearted].map((one) => [one.verdict, claimVerdict(one), one.verification?.claims[0]?.checks.find(({ code }) => code === 'JUDGE')?.status]), [
      ['hold', 'unsupported', 'failed'],
      ['fail', 'contradicted', 'failed'],
      ['hold', 'unsupported', 'failed'],
    ]);
    assert.match(contradicted.findings[0]?.message ?? '', /the word of an outside judge: the judge nli\/large@3 calls it contradicted, by 0\.00\./);
  });

  test('that gives no answer leaves the change inconclusive, since it might have said no', () => {
    const { verdict, findings, verification } = judgeAgentsChange({ world: { ...cited, unavailable: ({ kind }) => kind === 'claim-judgement' } });
    assert.deepEqual([verdict, findings.map(({ code }) => code), verification?.claims[0]?.verdict, verification?.verified_by_rag], ['inconclusive', ['hallucination/unverifiable', 'hallucination/confidence_low'], 'unverifiable', false]);
  });

  test('that was not sent what may hold a secret leaves the claim to people, critical or not', () => {
    const [ofFile, ofClaim] = ['docs/cart.md', null].map((path) => judgeAgentsChange({ document: { claims: [aClaim({ critical: path === null })] }, world: { ...cited, judgements: () => ({ kind: 'withheld', path }) } }));
    assert.deepEqual([ofFile, ofClaim].map((one) => [one?.verdict, one?.verification?.claims[0]?.verdict]), [['hold', 'unverifiable'], ['hold', 'unverifiable']]);
    // One finding says why: that what it cites can not be looked up would be wrong.
    assert.deepEqual(ofFile?.findings.map(({ code }) => code), ['hallucination/not_checkable', 'hallucination/confidence_low']);
    const [finding] = ofFile?.findings.filter(({ severity }) => severity === 'hold') ?? [];
    assert.deepEqual([finding?.code, finding?.message], ['hallucination/not_checkable', 'The claim "c1": the judge was not asked about it: "docs/cart.md" may hold a secret, which is not sent.']);
  });

  test('is sent no more than the limit, no passage that is empty, and no half character', () => {
    const asked: JudgedPassage[] = [];
    const paths = ['a', 'b', 'c', 'd', 'e'].map((name) => `docs/${name}.md`);
    const unlisted = Object.fromEntries(paths.map((path) => [path, `# Cart\n\nThe cart adds up its items, with taxes.${'😀'.repeat(15_000)}\n`]));
    const citations = paths.map((path, index) => aCitation({ id: `e${index}`, path }));
    judgeAgentsChange({ document: { claims: [aClaim({ citations })] }, world: { unlisted, judgements: ({ passages }) => (asked.push(...passages), { kind: 'none' }) } });
    assert.deepEqual(asked.map(({ path, text }) => [path, text.length, text.isWellFormed()]), [...paths.slice(0, 3).map((path) => [path, limits.passageCharacters, true]), [paths[3], limits.supportCharacters - 3 * limits.passageCharacters, true]]);
  });

  test('is not asked about a claim that fails anyway', () => {
    const asked: string[] = [];
    const claims = [aClaim(), aClaim({ id: 'c2', text: 'It adds up 17 items.' }), aClaim({ id: 'c3', text: 'Nothing of it.', citations: [aCitation({ path: 'docs/none.md' })] })];
    judgeAgentsChange({ document: { claims }, world: { ...cited, judgements: ({ claim }) => (asked.push(claim), { kind: 'none' }) } });
    assert.deepEqual(asked, [aClaim()['text']]);
  });

  test('is asked about so many claims, critical ones first, and a person looks at the others', () => {
    const claims = Array.from({ length: limits.judgedClaims + 1 }, (_, index) => aClaim({ id: `c${index}`, critical: index > 0 }));
    const [set, none] = [says('supported'), { kind: 'none' } as const].map((answer) => judgeAgentsChange({ document: { claims }, world: { ...cited, judgements: () => answer } }));
    assert.deepEqual([set?.verdict, set?.findings.filter(({ severity }) => severity === 'hold').map(({ code }) => code), set?.verification?.claims[0]?.verdict], ['hold', ['hallucination/not_checkable'], 'unverifiable']);
    assert.equal(none?.verdict, 'pass');
  });

  test('is heard within the rounds that there are, where looking a claim up takes the most of them', () => {
    const claims = [aClaim({ citations: [aCitation({ revision: 'd'.repeat(40), path: 'docs/cart.md' })] })];
    const file = { path: 'docs/cart.md', base: '# Cart\n\nThe cart adds up its items, with taxes.\n', head: '# Cart\n\nThe cart adds up its items, with taxes.\nMore.\n' };
    const { verification } = judgeAgentsChange({ files: [file], document: { claims }, world: { ...cited, judgements: () => says('unsupported') } });
    assert.equal(verification?.claims[0]?.verdict, 'unsupported');
    const manifest = { path: 'package.json', base: '{"name":"a"}', head: '{"name":"a","dependencies":{"left-pad":"^1.0.0"}}' };
    const withPackage = judgeAgentsChange({ files: [file, manifest], document: { claims, references: { dependencies: ['pkg:npm/left-pad@1.0.0'], symbols: [], files: [], urls: [] } }, world: { unlisted: { ...cited.unlisted, '.npmrc': 'registry=https://registry.example/\n' }, packages: () => ({ kind: 'exists' }), judgements: () => says('unsupported') } });
    assert.equal(withPackage.verification?.claims[0]?.verdict, 'unsupported');
    assert.equal(verification?.claims[0]?.support?.judge?.id, 'nli/large@3');
  });

  test('attack: never raises a claim, nor what comes of the change, whatever it answers', () => {
    const rank: Readonly<Record<ClaimVerdict, number>> = { verified: 3, moved: 3, unverifiable: 2, error: 2, unsupported: 1, contradicted: 0 };
    const strictness: Readonly<Record<Verdict['verdict'], number>> = { pass: 0, hold: 1, inconclusive: 2, fail: 3 };
    const kinds = [{}, { citations: [aCitation({ start_line: 1, end_line: 1 })] }, { text: 'It adds up 17 items.' }, { citations: [aCitation({ path: 'docs/none.md' })] }, { citations: [aCitation({ role: 'contradicts' })] }, { citations: [] }, { citations: [aCitation({ type: 'url', path: 'https://a.example/', quote: null })] }, { critical: false }];
    const answers = record({ kind: constant('judged' as const), id: string(), label: constantFrom('supported' as const, 'unsupported' as const, 'contradicted' as const), score: double({ noNaN: false }) });
    const without = kinds.map((claim) => judgedBy({ kind: 'none' }, claim));
    assert.ok(new Set(without.map(claimVerdict)).size >= 4, JSON.stringify(without.map(claimVerdict)));
    hold(property(integer({ min: 0, max: kinds.length - 1 }), oneof({ weight: 6, arbitrary: answers }, { weight: 1, arbitrary: constant({ kind: 'withheld' as const, path: null }) }), boolean(), (index, answer, isSilent) => {
      const world: World = { ...cited, judgements: () => answer, unavailable: ({ kind }) => isSilent && kind === 'claim-judgement' };
      const [before, after] = [without[index], judgeAgentsChange({ document: { claims: [aClaim(kinds[index])] }, world })];
      assert.ok(before !== undefined);
      const [low, high] = [rank[claimVerdict(after) ?? 'error'], rank[claimVerdict(before) ?? 'error']];
      assert.ok(low <= high, `${claimVerdict(before)} becomes ${claimVerdict(after)}`);
      assert.ok(strictness[after.verdict] >= strictness[before.verdict], `${before.verdict} becomes ${after.verdict}`);
      assert.ok(low < 3 || (answer.kind === 'judged' && answer.label === 'supported' && answer.score >= 0.5), 'a claim holds that the judge did not support');
    }), { numRuns: 150 });
  });
});
