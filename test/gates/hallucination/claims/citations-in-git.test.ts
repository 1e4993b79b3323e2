import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { VerifiedClaim } from '../../../../src/domain/agent-evidence/verified-claim.ts';
import { aCitedClaim, aRepositoryCitation } from '../../../builders/a-cited-claim.ts';
import { aRepository, repositoryIn } from '../../../builders/a-repository.ts';
import { aTemporaryDirectory } from '../../../builders/temporary-directory.ts';
import { claimsOn } from './claims-on.ts';
import { citingRepository, texts } from './citing-repository.ts';
import type { CitingRepository } from './citing-repository.ts';
import { hostileCases, trueCases } from './git-cases.ts';
import type { GitCase } from './git-cases.ts';

/** Few enough that each quote may be searched for in the largest file. */
const together = 60;

describe('citations of a repository with much in it that tempts', () => {
  const { path, remove } = aTemporaryDirectory();
  let repository: CitingRepository;
  before(() => {
    const made = repositoryIn(path);
    made.git('init', '-q', '-b', 'main');
    repository = citingRepository(made);
  });
  after(remove);

  it('verifyClaim() verifies what stands at a protected commit, however lines, white space and accents are written', async (t) => {
    const cases = trueCases(repository);
    assert.deepEqual(await outcomes(t, repository, cases), expected(cases));
  });

  it('attack: no citation that only looks true verifies a claim', async (t) => {
    const cases = hostileCases(repository);
    assert.ok(cases.length >= 100, `${cases.length} cases`);
    assert.deepEqual(cases.filter(({ verdict }) => verdict === 'verified' || verdict === 'moved'), []);
    assert.deepEqual(await outcomes(t, repository, cases), expected(cases));
  });

  it('attack: each of few citations is looked up as strictly as one of many', async (t) => {
    const cases = hostileCases(repository).filter(({ citation: { path } }) => path?.includes('link') === true || path?.includes('module') === true || path?.includes('\0') === true || path === 'src/outside');
    for (const one of cases) assert.deepEqual(await outcomes(t, repository, [one]), expected([one]));
    assert.ok(cases.length >= 8);
  });

  it('attack: what a branch below brought is not proven by the branch that stands on it', async (t) => {
    const { made, directory, head } = repository;
    made.git('checkout', '-q', '-b', 'stacked', head);
    const next = made.commit({ 'src/more.ts': 'export const more = true;\n' });
    const change = { directory, base: head, head: next, branch: 'topic' };
    assert.deepEqual(await verdictOf(t, change, own), ['unsupported', 'COMMIT_REACHABLE notice', 'SELF_CITED failed']);
    assert.deepEqual(await verdictOf(t, change, { ...own, revision: head }), ['unsupported', 'COMMIT_REACHABLE notice', 'SELF_CITED failed']);
  });

  it('attack: a branch that is named like a commit is not taken for it', async (t) => {
    const { made, directory, base, head } = repository;
    const name = 'abcdef0123'.repeat(4);
    made.git('update-ref', `refs/heads/${name}`, base);
    assert.deepEqual(await verdictOf(t, { directory, base, head }, { revision: name, quote: 'const taxRate = 0.19;' }), ['unsupported', 'COMMIT_REACHABLE failed']);
  });

  it('verifyClaim() can not tell whether a commit is protected where history was cut off', async (t) => {
    const { directory, base, head, older } = repository;
    const { path, remove } = aTemporaryDirectory();
    t.after(remove);
    const shallow = repositoryIn(path);
    shallow.git('clone', '-q', '--depth', '2', '--branch', 'topic', `file://${directory}`, '.');
    shallow.git('fetch', '-q', '--depth', '1', 'origin', base, older);
    shallow.git('update-ref', 'refs/heads/main', base);
    shallow.git('remote', 'set-head', 'origin', '--delete');
    assert.deepEqual(await verdictOf(t, { directory: shallow.directory, base: head, head }, { revision: older, quote: 'const taxRate = 0.19;' }), ['unverifiable', 'COMMIT_REACHABLE unavailable']);
  });

  it('verifyClaim() does not verify what stands on a line of a million characters by its beginning', async (t) => {
    assert.deepEqual(await verdictOf(t, repository, { path: 'src/giant.js', quote: 'closing:"the very last module of all"', startLine: 1 }), ['verified']);
    assert.deepEqual(await verdictOf(t, repository, { path: 'src/giant.js', quote: 'm29999:function(a){return a*30000}', startLine: 1 }), ['unsupported', 'QUOTE_EXACT failed']);
    assert.deepEqual(await verdictOf(t, repository, { path: 'src/giant.js', quote: 'm29999:function(a){return a*2', startLine: 1 }), ['unsupported', 'QUOTE_EXACT failed']);
  });
});

/** With one file, a change that adds another, and a commit of a fork beside. */
function smallRepository(context: TestContext): Pick<CitingRepository, 'made' | 'directory' | 'base' | 'head' | 'forked'> {
  const made = aRepository(context);
  const base = made.commit({ 'src/price.ts': texts.price });
  const forked = made.commit({ 'src/price.ts': texts.price.replace('days <= 30', 'days <= 90') });
  made.git('reset', '-q', '--hard', base);
  made.git('checkout', '-q', '-b', 'topic');
  const head = made.commit({ [own.path]: `export const ${own.quote};\n` });
  return { made, directory: made.directory, base, head, forked };
}

test('attack: a replaced blob, a replaced commit and a graft prove nothing', async (t) => {
  const { made, directory, base, head, forked } = smallRepository(t);
  made.git('replace', made.git('rev-parse', `${base}:src/price.ts`), made.git('rev-parse', `${head}:src/own.ts`));
  made.git('replace', '--graft', base, forked);
  made.write({ '.git/info/grafts': `${base} ${forked}\n` });
  const change = { directory, base, head };
  assert.deepEqual(await verdictOf(t, change, { ...own, path: 'src/price.ts' }), ['unsupported', 'QUOTE_EXACT failed']);
  assert.deepEqual(await verdictOf(t, change, { quote: 'return !isDigital(order) && days <= 90;', revision: forked }), ['unsupported', 'COMMIT_REACHABLE notice', 'SELF_CITED failed']);
});

test('attack: a local branch that moved on does not make its commits protected where the remote has a default branch', async (t) => {
  const { made, directory, base, head } = smallRepository(t);
  made.git('update-ref', 'refs/remotes/origin/main', base);
  made.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  made.git('update-ref', 'refs/heads/main', head);
  assert.deepEqual(await verdictOf(t, { directory, base, head }, { ...own, revision: head }), ['unsupported', 'COMMIT_REACHABLE notice', 'SELF_CITED failed']);
});

/** The verdict of each case, with the check that decides it where it is as expected. */
async function outcomes(context: TestContext, repository: Parameters<typeof claimsOn>[1], cases: readonly GitCase[]): Promise<readonly string[]> {
  const claims = cases.map(({ citation }, index) => aCitedClaim({ id: `claim-${index}`, citations: [aRepositoryCitation(citation)] }));
  const verified: VerifiedClaim[] = [];
  for (let at = 0; at < claims.length; at += together) verified.push(...(await claimsOn(context, repository, claims.slice(at, at + together))));
  return cases.map(({ title, check: [code, status] }, index) => {
    const checks = verified[index]?.citations.flatMap((one) => one.checks) ?? [];
    const isDecided = checks.some((one) => one.code === code && one.status === status);
    return `${title}: ${verified[index]?.verdict ?? ''} ${isDecided ? `${code} ${status}` : JSON.stringify(checks)}`;
  });
}

function expected(cases: readonly GitCase[]): readonly string[] {
  return cases.map(({ title, verdict, check: [code, status] }) => `${title}: ${verdict} ${code} ${status}`);
}

const own = { path: 'src/own.ts', quote: "ownProof = 'Prices are rounded to whole euros.'" } as const;

async function verdictOf(context: TestContext, change: Parameters<typeof claimsOn>[1], citation: Parameters<typeof aRepositoryCitation>[0]): Promise<readonly unknown[]> {
  const [claim] = await claimsOn(context, change, [aCitedClaim({ citations: [aRepositoryCitation(citation)] })]);
  const { checks = [] } = claim?.citations[0] ?? {};
  return [claim?.verdict, ...checks.filter(({ status }) => status !== 'passed').map(({ code, status }) => `${code} ${status}`)];
}
