import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Citation, Claim } from '../../../../src/domain/agent-evidence/evidence-document.ts';
import type { VerifiedClaim } from '../../../../src/domain/agent-evidence/verified-claim.ts';
import { limits } from '../../../../src/domain/limits.ts';
import type { Snapshot } from '../../../../src/domain/snapshot.ts';
import { aCitedClaim, aRepositoryCitation } from '../../../builders/a-cited-claim.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { settledClaims } from './claims-on.ts';
import { toldContents } from './told-contents.ts';
import type { ToldContents } from './told-contents.ts';

const price = 'export function gross(net: number): number {\n  return roundHalfUp(net * taxRate);\n}\n';
const there = { id: 'there', quote: 'return roundHalfUp(net * taxRate);', startLine: 2, endLine: 2 } as const;
const absent = { id: 'absent', quote: 'return roundHalfDown(net * taxRate);' } as const;
const long = `${price}${'// a line that fills the file\n'.repeat(40)}`;
const moved = { id: 'moved', path: 'src/long.ts', quote: there.quote, startLine: 30, endLine: 31 } as const;
const files = { 'src/price.ts': price, 'src/long.ts': long };

async function verify(citations: readonly Partial<Citation>[], told: ToldContents = {}, snapshot: Snapshot = aSnapshot()): Promise<VerifiedClaim> {
  const [claim] = await settledClaims(toldContents({ files, ...told }), snapshot, [aCitedClaim({ citations: citations.map((one) => aRepositoryCitation(one)) })]);
  assert.ok(claim !== undefined);
  return claim;
}

async function verdictOf(...citations: readonly Partial<Citation>[]): Promise<VerifiedClaim['verdict']> {
  return (await verify(citations)).verdict;
}

function checksOf(claim: VerifiedClaim): readonly string[] {
  return claim.citations.flatMap(({ checks }) => checks).map(({ code, status }) => `${code} ${status}`);
}

test('verifyClaim() verifies a claim by one citation that carries it, whatever others say little', async () => {
  assert.equal(await verdictOf(there), 'verified');
  assert.equal(await verdictOf({ ...there, id: 'a', quote: '}' }, there), 'verified');
  assert.equal(await verdictOf(moved), 'moved');
  assert.equal(await verdictOf(moved, there), 'verified');
});

test('verifyClaim() finds a claim unsupported that cites nothing, context alone, or boilerplate twice', async () => {
  assert.equal(await verdictOf(), 'unsupported');
  assert.equal(await verdictOf({ ...there, role: 'context' }), 'unsupported');
  assert.equal(await verdictOf({ ...there, id: 'a', quote: '}' }, { ...there, id: 'b', quote: 'return' }), 'unsupported');
});

test('attack: a citation that carries a claim does not outweigh one that was made up', async () => {
  assert.equal(await verdictOf(there, absent), 'unsupported');
  assert.equal(await verdictOf(there, { ...absent, role: 'context' }), 'unsupported');
  assert.equal(await verdictOf(there, { ...there, id: 'a', path: 'src/none.ts' }), 'unsupported');
  assert.equal(await verdictOf(there, { ...there, id: 'a', startLine: 900, endLine: 901 }), 'unsupported');
});

test('verifyClaim() finds a claim contradicted by what the agent itself cites against it, where that is there', async () => {
  assert.equal(await verdictOf(there, { ...there, id: 'against', role: 'contradicts' }), 'contradicted');
  assert.equal(await verdictOf(there, { ...there, id: 'against', role: 'contradicts', quote: '}' }), 'contradicted');
  assert.equal(await verdictOf(there, { id: 'against', role: 'contradicts', startLine: 1, endLine: 2 }), 'contradicted');
  assert.equal(await verdictOf(there, { ...moved, id: 'against', role: 'contradicts' }), 'contradicted');
  assert.equal(await verdictOf(there, { ...absent, role: 'contradicts' }), 'unsupported');
  assert.equal(await verdictOf(there, { id: 'against', role: 'contradicts', startLine: 800, endLine: 900 }), 'unsupported');
});

test('attack: what is cited against a claim does not vanish by being out of reach', async () => {
  const head = 'c'.repeat(40);
  const own = await verify([there, { ...there, id: 'against', role: 'contradicts', revision: head }], { protection: { [head]: 'unprotected' } });
  const lost = await verify([there, { ...there, id: 'against', role: 'contradicts', path: 'src/long.ts' }], { isLost: (request) => request.kind === 'file-at' && request.path === 'src/long.ts' });
  assert.deepEqual([own.verdict, lost.verdict], ['unsupported', 'unverifiable']);
});

test('verifyClaim() finds a claim contradicted where a cited file has another content than it says', async () => {
  assert.equal(await verdictOf({ ...there, contentHash: `sha256:${'0'.repeat(64)}` }), 'contradicted');
});

test('verifyClaim() can not tell without an answer about the commit, the file or, where the text is missing, the head', async () => {
  const changed = aSnapshot({ files: [{ path: 'src/price.ts', mergeBase: null, base: null, head: { mode: '100644', blob: 'h', size: 10 }, changed: true, roles: [] }] });
  const without = async (kind: string, citation: Partial<Citation>): Promise<readonly unknown[]> => {
    const claim = await verify([citation], { isLost: (request) => request.kind === kind }, changed);
    return [claim.verdict, checksOf(claim).filter((one) => one.endsWith('unavailable'))];
  };
  assert.deepEqual(await without('commit-protected', there), ['unverifiable', ['COMMIT_REACHABLE unavailable']]);
  assert.deepEqual(await without('file-at', there), ['unverifiable', ['PATH_EXISTS unavailable']]);
  assert.deepEqual(await without('blob', absent), ['unverifiable', ['QUOTE_EXACT unavailable']]);
  assert.deepEqual(await without('blob', { ...there, path: 'src/price.ts' }), ['verified', []]);
});

test('attack: text of the head verifies nothing, at the merge base and at the base, of a file that was there and of one that was not', async () => {
  const side = { mode: '100644', blob: 'h', size: 10 } as const;
  for (const path of ['src/price.ts', 'src/new.ts']) {
    const snapshot = aSnapshot({ files: [{ path, mergeBase: null, base: null, head: side, changed: true, roles: [] }] });
    for (const revision of [null, snapshot.mergeBase, snapshot.base]) {
      const claim = await verify([{ path, revision, quote: absent.quote, startLine: 90, endLine: 90 }], { blobs: { h: `${'x;\n'.repeat(89)}${absent.quote}\n` } }, snapshot);
      assert.deepEqual([claim.verdict, checksOf(claim).filter((one) => !one.endsWith('passed'))], ['unsupported', ['SELF_CITED failed']]);
    }
  }
});

test('verifyClaim() asks of an older commit what that has, whatever the change does', async () => {
  const snapshot = aSnapshot({ files: [{ path: 'src/price.ts', mergeBase: null, base: null, head: { mode: '100644', blob: 'h', size: 10 }, changed: true, roles: [] }] });
  const claim = await verify([{ ...absent, revision: 'd'.repeat(40) }], { blobs: { h: absent.quote } }, snapshot);
  assert.deepEqual(checksOf(claim), ['COMMIT_REACHABLE passed', 'PATH_EXISTS passed', 'QUOTE_EXACT failed']);
});

test('attack: nothing is read at a commit before it is known to be protected', async () => {
  const fork = 'd'.repeat(40);
  const prober = toldContents({ files, protection: { [fork]: 'unprotected' } });
  await settledClaims(prober, aSnapshot(), [aCitedClaim({ citations: [aRepositoryCitation({ ...there, revision: fork })] })]);
  assert.deepEqual(prober.asked.map(({ kind }) => kind), ['commit-protected']);
});

test('attack: a path that no tree can hold is not asked for', async () => {
  const paths = ['../x', 'a/../x', './x', 'a//x', '/x', 'x/', 'x\0', 'x\n', '.git/config', '.GIT/config', '', '\ud800', 'a/'.repeat(3_000)];
  const prober = toldContents({ files: Object.fromEntries(paths.map((path) => [path, price])) });
  const claims = await settledClaims(prober, aSnapshot(), claimsWith(paths.map((path) => aRepositoryCitation({ ...there, path }))));
  assert.deepEqual([claims.map(({ verdict }) => verdict), prober.asked.filter(({ kind }) => kind !== 'commit-protected')], [paths.map(() => 'unsupported'), []]);
});

test('verifyClaim() asks for what has to be known in as few rounds as there can be', async () => {
  const rounds: number[] = [];
  const prober = toldContents({ files });
  const counting = { answer: async (...asked: Parameters<typeof prober.answer>) => (rounds.push(asked[0].length), await prober.answer(...asked)) };
  await settledClaims(counting, aSnapshot(), [aCitedClaim({ citations: [aRepositoryCitation(there)] }), aCitedClaim({ id: 'b', citations: [aRepositoryCitation({ ...there, revision: 'd'.repeat(40) })] })]);
  assert.deepEqual(rounds, [3, 1]);
});

test('verifyClaim() takes an address for what it is, and never for support', async () => {
  const address = async (path: string | null): Promise<readonly string[]> => {
    const claim = await verify([{ type: 'url', path, quote: there.quote }]);
    return [claim.verdict, ...checksOf(claim)];
  };
  assert.deepEqual(await address('https://example.com/docs?a=1#b'), ['unsupported', 'URL_SYNTAX passed']);
  const refused = ['javascript:alert(1)', 'file:///etc/passwd', 'https://', 'https://user:secret@example.com/', 'https://exam ple.com/', 'https://ex\u0430mple.com/', '//example.com', `https://example.com/${'a'.repeat(3_000)}`, null];
  for (const one of refused) assert.deepEqual(await address(one), ['unsupported', 'URL_SYNTAX failed'], one ?? 'none');
});

test('verifyClaim() leaves packages to others: they carry no text', async () => {
  const claim = await verify([{ type: 'package', path: 'pkg:npm/left-pad@1.3.0' }]);
  assert.deepEqual([claim.verdict, checksOf(claim)], ['unsupported', []]);
});

test('verifyClaim() gives the cited lines as passage, and no more than the quoted ones where the citation spreads', async () => {
  const passage = async (citation: Partial<Citation>): Promise<string | null | undefined> => (await verify([citation])).citations[0]?.passage;
  assert.equal(await passage({ ...there, startLine: 1, endLine: 3 }), price.trimEnd());
  assert.equal(await passage(there), '  return roundHalfUp(net * taxRate);');
  assert.equal(await passage(moved), '  return roundHalfUp(net * taxRate);');
  const spread = { ...files, 'src/price.ts': `${price}${'// another line\n'.repeat(80)}` };
  assert.equal((await verify([{ ...there, startLine: 1, endLine: 80 }], { files: spread })).citations[0]?.passage, '  return roundHalfUp(net * taxRate);');
});

test('attack: a passage that fills a file is cut', async () => {
  const giant = { ...files, 'src/price.ts': `${there.quote} ${'\u00e9 '.repeat(300_000)}` };
  const hollow = { ...files, 'src/price.ts': `return roundHalfUp(${'\n'.repeat(900_000)}net * taxRate);` };
  const lengths: (number | undefined)[] = [];
  for (const [contents, quote] of [[giant, there.quote], [hollow, 'return roundHalfUp( net * taxRate);']] as const) lengths.push((await verify([{ quote }], { files: contents })).citations[0]?.passage?.length);
  assert.deepEqual(lengths, [limits.passageCharacters, 419]);
});

test('verifyClaim() says where a quote stands', async () => {
  const { citations } = await verify([there, { ...moved, id: 'b' }, { ...absent, id: 'c' }]);
  assert.deepEqual(citations.map(({ found }) => found), [{ commit: 'a'.repeat(40), path: 'src/price.ts', startLine: 2, endLine: 2 }, { commit: 'a'.repeat(40), path: 'src/long.ts', startLine: 2, endLine: 2 }, null]);
});

test('verifyClaim() names the nearest text where a quote is absent, which verifies nothing', async () => {
  const { citations } = await verify([absent]);
  assert.deepEqual(citations[0]?.checks.at(-1), { code: 'QUOTE_EXACT', status: 'failed', detail: 'the quoted text is not in the file', nearest: 'line 2: return roundHalfUp(net * taxRate);' });
});

const claimsWith = (citations: readonly Citation[]): readonly Claim[] => citations.map((citation, index) => aCitedClaim({ id: `claim-${index}`, citations: [citation] }));

test('attack: who cites more commits and files than are read has the rest unverified', async () => {
  const commits = Array.from({ length: limits.citedCommits + 1 }, (_, index) => index.toString(16).padStart(40, '0'));
  const ofCommits = await settledClaims(toldContents({ files }), aSnapshot(), claimsWith(commits.map((revision) => aRepositoryCitation({ ...there, revision }))));
  assert.deepEqual([ofCommits.at(-2)?.verdict, ofCommits.at(-1)?.verdict], ['verified', 'unverifiable']);
  const paths = Array.from({ length: limits.citedFiles + 1 }, (_, index) => `src/${index}.ts`);
  const prober = toldContents({ files: Object.fromEntries(paths.map((path) => [path, price])) });
  const ofFiles = await settledClaims(prober, aSnapshot(), claimsWith(paths.map((path) => aRepositoryCitation({ ...there, path }))));
  assert.deepEqual([ofFiles.at(-2)?.verdict, ofFiles.at(-1)?.verdict, prober.asked.filter(({ kind }) => kind === 'file-at').length], ['verified', 'unverifiable', limits.citedFiles]);
});

/** What comes of the last claims of many. */
async function lastVerdicts(contents: Readonly<Record<string, string>>, citations: readonly Citation[], count: number): Promise<readonly string[]> {
  const claims = claimsWith(citations);
  const verified = await settledClaims(toldContents({ files: contents }), aSnapshot(), claims, claims.slice(-count));
  return verified.map(({ verdict }) => verdict);
}

test('attack: who cites more bytes than are searched has the rest unverified', async () => {
  const large = `${'y'.repeat(1_000_000)}\n${price}`;
  const paths = Array.from({ length: 17 }, (_, index) => `src/${index}.ts`);
  const citations = paths.map((path) => aRepositoryCitation({ path, quote: there.quote, startLine: 3, endLine: 3 }));
  assert.deepEqual(await lastVerdicts(Object.fromEntries(paths.map((path, index) => [path, `${index}${large}`])), citations, 2), ['verified', 'unverifiable']);
});

test('attack: many quotes from one large file are left unverified before they cost much', async () => {
  const text = `${'y'.repeat(400_000)}\n${price}`;
  const many = async (count: number): Promise<readonly string[]> => await lastVerdicts({ 'src/price.ts': text }, Array.from({ length: count }, (_, index) => aRepositoryCitation({ id: `c${index}`, quote: there.quote, startLine: 3, endLine: 3 })), 1);
  assert.deepEqual([await many(160), await many(170)], [['verified'], ['unverifiable']]);
});
