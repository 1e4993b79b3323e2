import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckRunAnswer, FoundRun } from '../../../../src/domain/agent-evidence/check-run-answer.ts';
import type { Citation, Claim } from '../../../../src/domain/agent-evidence/evidence-document.ts';
import type { VerifiedClaim } from '../../../../src/domain/agent-evidence/verified-claim.ts';
import { limits } from '../../../../src/domain/limits.ts';
import type { Snapshot } from '../../../../src/domain/snapshot.ts';
import { aCitedClaim, aRepositoryCitation } from '../../../builders/a-cited-claim.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { settledClaims } from './claims-on.ts';
import { toldContents } from './told-contents.ts';

const ended: FoundRun = { head: 'c'.repeat(40), name: 'tests', status: 'completed', conclusion: 'success', app: { slug: 'ci', isOwn: false } };
const found = (run: Partial<FoundRun> = {}): CheckRunAnswer => ({ kind: 'found', run: { ...ended, ...run } });
const there = { id: 'there', path: 'src/price.ts', quote: 'return roundHalfUp(net * taxRate);' } as const;

function ofRun(revision: string | null, role: Citation['role'] = 'supports'): Citation {
  return aRepositoryCitation({ id: 'run', type: 'check_run', path: null, revision, role });
}

async function verify(citations: readonly Citation[], { runs = { 7: found() }, kind = 'test_result', snapshot = aSnapshot() }: { readonly runs?: Readonly<Record<number, CheckRunAnswer>>; readonly kind?: Claim['kind']; readonly snapshot?: Snapshot } = {}): Promise<VerifiedClaim> {
  const [claim] = await settledClaims(toldContents({ files: { 'src/price.ts': 'return roundHalfUp(net * taxRate);\n' }, runs }), snapshot, [aCitedClaim({ kind, citations })]);
  assert.ok(claim !== undefined);
  return claim;
}

const checksOf = ({ citations }: VerifiedClaim): readonly string[] => citations.flatMap(({ checks }) => checks).map(({ code, status }) => `${code} ${status}`);

test('verifyClaim() verifies a result of tests by a check run of the judged head that ended well', async () => {
  const claim = await verify([ofRun('7')]);
  assert.deepEqual([claim.verdict, checksOf(claim)], ['verified', ['RUN_EXISTS passed', 'RUN_COMMIT passed', 'RUN_MAKER passed', 'RUN_RESULT passed']]);
});

for (const conclusion of ['failure', 'cancelled', 'timed_out', 'neutral', 'skipped', 'action_required', 'stale', 'startup_failure', 'SUCCESS', 'success ', '']) {
  test(`verifyClaim() finds a result of tests contradicted by a check run that ended in ${JSON.stringify(conclusion)}`, async () => {
    assert.equal((await verify([ofRun('7')], { runs: { 7: found({ conclusion }) } })).verdict, 'contradicted');
  });
}

const hostile = ['0', '-7', '+7', '07', '7.0', '7e0', '0x7', ' 7', '7 ', '٧', '9007199254740993', '99999999999999999999999', '7/../8', '7?x', 'main', 'c'.repeat(40), '7\u200b'];

for (const revision of hostile) {
  test(`attack: ${JSON.stringify(revision)} names no check run, and GitHub is not asked for one`, async () => {
    const prober = toldContents({ runs: { 7: found() } });
    const [claim] = await settledClaims(prober, aSnapshot(), [aCitedClaim({ kind: 'test_result', citations: [ofRun(revision)] })]);
    assert.deepEqual([claim?.verdict, claim === undefined ? [] : checksOf(claim), prober.asked], ['unsupported', ['RUN_EXISTS failed'], []]);
  });
}

test('a check run that is not named is no made-up one', async () => {
  const claim = await verify([ofRun(null)]);
  assert.deepEqual([claim.verdict, checksOf(claim)], ['unsupported', ['RUN_EXISTS notice']]);
});

test('attack: no quote stands in for a check run that is missing, stale, failed or not known', async () => {
  const beside = async (answer: CheckRunAnswer): Promise<string> => (await verify([aRepositoryCitation(there), ofRun('7')], { runs: { 7: answer } })).verdict;
  assert.deepEqual([await beside(found()), await beside({ kind: 'absent' }), await beside(found({ head: 'd'.repeat(40) })), await beside(found({ conclusion: 'failure' }))], ['verified', 'unsupported', 'unsupported', 'contradicted']);
  assert.deepEqual([await beside(found({ status: 'queued', conclusion: null })), await beside({ kind: 'refused', why: 'no' }), await beside({ kind: 'left' })], ['unverifiable', 'error', 'unverifiable']);
});

test('attack: one check run that ended well does not outweigh one that did not', async () => {
  const both = async (other: CheckRunAnswer): Promise<string> => (await verify([ofRun('7'), { ...ofRun('8'), id: 'other' }], { runs: { 7: found(), 8: other } })).verdict;
  assert.deepEqual([await both(found()), await both(found({ conclusion: 'skipped' })), await both(found({ head: 'd'.repeat(40) })), await both({ kind: 'absent' })], ['verified', 'contradicted', 'unsupported', 'unsupported']);
});

test('a check run carries no claim of another kind, which stands by its quote, and one that is not there fails it', async () => {
  const other = async (citations: readonly Citation[], answer = found({ conclusion: 'failure' })): Promise<string> => (await verify(citations, { kind: 'behaviour', runs: { 7: answer } })).verdict;
  assert.deepEqual([await other([ofRun('7')], found()), await other([aRepositoryCitation(there), ofRun('7')]), await other([aRepositoryCitation(there), ofRun('7')], { kind: 'absent' })], ['unsupported', 'verified', 'unsupported']);
});

test('a check run that is cited against a claim contradicts it where it failed, and as context it decides nothing', async () => {
  const cited = async (role: Citation['role'], conclusion: string): Promise<string> => (await verify([aRepositoryCitation(there), ofRun('7', role)], { runs: { 7: found({ conclusion }) } })).verdict;
  assert.deepEqual([await cited('contradicts', 'failure'), await cited('contradicts', 'success'), await cited('context', 'failure')], ['contradicted', 'unsupported', 'verified']);
});

test('of a merge group the check run has to be of the head of its pull request', async () => {
  const { change, ...snapshot } = aSnapshot({ head: 'e'.repeat(40) });
  const ofGroup = (head?: string): Snapshot => ({ ...snapshot, change: { ...change, members: [{ number: 7, author: 'mona', ...(head === undefined ? {} : { head }), paths: [] }, { number: 8, author: 'ann', head: 'd'.repeat(40), paths: [] }] } });
  const verdicts = await Promise.all([ofGroup('c'.repeat(40)), ofGroup('d'.repeat(40)), ofGroup()].map(async (one) => (await verify([ofRun('7')], { snapshot: one })).verdict));
  assert.deepEqual(verdicts, ['verified', 'unsupported', 'unsupported']);
});

test('of more check runs than the limit the first ones are looked up, each once, and the others verify nothing', async () => {
  const ids = Array.from({ length: limits.citedRuns + 1 }, (_, index) => index + 1);
  const prober = toldContents({ runs: Object.fromEntries(ids.map((id) => [id, found()])) });
  const claims = [...ids, ...ids].map((id, index) => aCitedClaim({ id: `c${index}`, kind: 'test_result', citations: [ofRun(String(id))] }));
  const verified = await settledClaims(prober, aSnapshot(), claims);
  assert.deepEqual([prober.asked.length, new Set(prober.asked.map((request) => (request.kind === 'check-run' ? request.id : 0))).size], [limits.citedRuns * 2, limits.citedRuns]);
  assert.deepEqual([verified.filter(({ verdict }) => verdict === 'verified').length, verified.filter(({ verdict }) => verdict === 'unverifiable').length], [limits.citedRuns * 2, 2]);
});
