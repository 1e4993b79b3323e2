import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckRunAnswer, FoundRun } from '../../../src/domain/agent-evidence/check-run-answer.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import { nextForClaim } from '../../../src/render/next-for-claim.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aCitation, aClaim, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import type { World } from '../../builders/evidence-of.ts';
import { anAgentsChange, evidencePath, judgeAgentsChange } from './an-agents-change.ts';
import type { AgentsChange } from './an-agents-change.ts';

const cart = `# Cart\n\nThe cart adds up its items, with taxes.\n\n${'Another line of the guide.\n'.repeat(4)}`;
const fork = 'd'.repeat(40);
const world: World = { unlisted: { 'docs/cart.md': cart }, protection: ({ commit }) => (commit === fork ? 'unprotected' : commit === 'e'.repeat(40) ? 'absent' : 'protected') };

/** What is found of one citation: each code with the line of the evidence that it points at, without white space. */
function foundOf(citation: JsonObject, other: World = {}): readonly string[] {
  const document = { claims: [aClaim({ citations: [aCitation({ quote: 'The cart adds up its items, with taxes.', ...citation })] })] };
  return judgeAgentsChange({ document, world: { ...world, ...other } }).findings.filter(({ code }) => code !== 'hallucination/confidence_low').map((one) => `${one.code} ${one.severity} ${textAt(one, document)}`);
}

function textAt({ path, line, column }: Finding, document: JsonObject): string {
  if (path !== evidencePath || line === null || column === null) return path ?? 'nowhere';
  const { snapshot } = anAgentsChange();
  const text = JSON.stringify(anEvidenceDocument({ subject: aSubject({ change_digest: changeDigestOf(snapshot, []) }), ...document }), null, 1);
  return (text.split('\n')[line - 1] ?? '').slice(column - 1);
}

test('claimFindings() says nothing of a citation that holds', () => {
  assert.deepEqual(foundOf({}), []);
});

const absent = 'hallucination/claim_unsupported notice {';

const cases: Readonly<Record<string, readonly [JsonObject, readonly string[]]>> = {
  'a quote that is not there': [{ quote: 'The cart adds up its items, without taxes.' }, ['hallucination/quote_absent deny "quote": "The cart adds up its items, without taxes.",', absent]],
  'a file that is not there': [{ path: 'docs/none.md' }, ['hallucination/citation_missing deny "path": "docs/none.md",', absent]],
  'a commit that is not there': [{ revision: 'e'.repeat(40) }, [`hallucination/citation_missing deny "revision": "${'e'.repeat(40)}"`, absent]],
  'a revision that is a branch': [{ revision: 'main' }, ['hallucination/citation_missing deny "revision": "main"', absent]],
  'a commit that only a fork has': [{ revision: fork }, ['hallucination/self_cited notice {', absent]],
  'lines that are not there': [{ start_line: 90, end_line: 91 }, ['hallucination/citation_missing deny "start_line": 90,', absent]],
  'text that stands elsewhere': [{ quote: '# Cart The cart adds up its items', start_line: 9, end_line: 9 }, ['hallucination/moved notice "quote": "# Cart The cart adds up its items",']],
  'text that stands there again and again': [{ quote: 'Another line of the guide.', start_line: 5, end_line: 5 }, ['hallucination/boilerplate notice "quote": "Another line of the guide.",', absent]],
  'a quote with what is not seen': [{ quote: 'The cart adds up its\u200b items, with taxes.' }, ['hallucination/quote_absent deny "quote": "The cart adds up its\u200b items, with taxes.",', 'hallucination/hidden_character notice "quote": "The cart adds up its\u200b items, with taxes.",', absent]],
  'another content than is stated': [{ content_hash: `sha256:${'0'.repeat(64)}` }, [`hallucination/quote_absent deny "content_hash": "sha256:${'0'.repeat(64)}"`, 'hallucination/claim_contradicted deny {']],
  'what is cited against it': [{ role: 'contradicts' }, ['hallucination/claim_contradicted deny {']],
  'no quote': [{ quote: ' ' }, [absent]],
};

for (const [title, [citation, expected]] of Object.entries(cases)) {
  test(`claimFindings() points at the part of the evidence: ${title}`, () => {
    assert.deepEqual(foundOf(citation), expected);
  });
}

test('claimFindings() points at the file that could not be read', () => {
  assert.deepEqual(foundOf({}, { unavailable: ({ kind }) => kind === 'file-at' }), ['hallucination/unverifiable unknown "path": "docs/cart.md",']);
});

test('claimFindings() names the line of the text of the pull request, where that carries the evidence', () => {
  const { snapshot } = anAgentsChange({ document: null });
  const document = anEvidenceDocument({ subject: aSubject({ change_digest: changeDigestOf(snapshot, []) }), claims: [aClaim({ citations: [aCitation({ path: 'docs/none.md' })] })] });
  const body = `Adds up.\n\n\`\`\`plumbline-evidence\n${JSON.stringify(document, null, 1)}\n\`\`\`\n`;
  const found = judgeAgentsChange({ document: null, body, world }).findings.find(({ code }) => code === 'hallucination/citation_missing');
  const line = body.split('\n').findIndex((one) => one.includes('docs/none.md')) + 1;
  assert.deepEqual([found?.path, found?.message.endsWith(` It stands on line ${line} of the text of the pull request.`)], [null, true]);
});

const head = aSnapshot().head;
const ended: FoundRun = { head, name: 'tests', status: 'completed', conclusion: 'success', app: { slug: 'ci', isOwn: false } };

/** A claim about a result of tests that cites a check run of which GitHub says so. */
function ofRun(answer: CheckRunAnswer | null, claim: JsonObject = {}, files?: AgentsChange['files']): Verdict {
  const cited = aClaim({ id: 'c2', kind: 'test_result', critical: false, text: 'All tests pass', citations: [{ id: 'q1', type: 'check_run', revision: '7', role: 'supports' }], ...claim });
  return judgeAgentsChange({ document: { claims: [aClaim(), cited] }, ...(files === undefined ? {} : { files }), world: { ...world, ...(answer === null ? { unavailable: ({ kind }) => kind === 'check-run' } : { runs: () => answer }) } });
}

const found = (run: Partial<FoundRun> = {}): CheckRunAnswer => ({ kind: 'found', run: { ...ended, ...run } });
const told = ({ verdict, findings }: Verdict): readonly string[] => [verdict, ...findings.map(({ code, severity }) => `${code} ${severity}`)];

test('claimFindings() says nothing of a check run of the judged head that ended well', () => {
  assert.deepEqual(told(ofRun(found())), ['pass']);
});

const runs: Readonly<Record<string, readonly [Verdict, readonly string[]]>> = {
  'that is not there': [ofRun({ kind: 'absent' }), ['fail', 'hallucination/citation_missing deny', 'hallucination/claim_unsupported notice', 'hallucination/confidence_low hold']],
  'of another commit': [ofRun(found({ head: 'd'.repeat(40) })), ['pass', 'hallucination/claim_unsupported notice', 'hallucination/claim_unsupported notice']],
  'that is our own': [ofRun(found({ app: { slug: 'plumbline', isOwn: true } })), ['pass', 'hallucination/claim_unsupported notice', 'hallucination/claim_unsupported notice']],
  'that is our own and has not ended': [ofRun(found({ status: 'in_progress', conclusion: null, app: { slug: 'plumbline', isOwn: true } })), ['pass', 'hallucination/claim_unsupported notice', 'hallucination/claim_unsupported notice']],
  'whose App is gone': [ofRun(found({ app: null })), ['hold', 'hallucination/not_checkable hold']],
  'that has not ended': [ofRun(found({ status: 'in_progress', conclusion: null })), ['inconclusive', 'hallucination/unverifiable unknown', 'hallucination/confidence_low hold']],
  'that nobody could tell of': [ofRun(null), ['inconclusive', 'hallucination/unverifiable unknown', 'hallucination/confidence_low hold']],
  'that may not be read': [ofRun({ kind: 'refused', why: 'Resource not accessible by integration' }), ['inconclusive', 'hallucination/unverifiable unknown', 'hallucination/confidence_low hold']],
  'that failed': [ofRun(found({ conclusion: 'failure' })), ['pass', 'hallucination/claim_contradicted notice']],
  'that failed, for a critical claim': [ofRun(found({ conclusion: 'timed_out' }), { critical: true }), ['fail', 'hallucination/claim_contradicted deny', 'hallucination/confidence_low hold']],
  'alone, for a critical claim': [ofRun(found(), { critical: true }), ['hold', 'hallucination/confidence_low hold']],
  'where the App will ask': [ofRun({ kind: 'left' }), ['pass']],
};

for (const [title, [verdict, expected]] of Object.entries(runs)) {
  test(`claimFindings() of a result of tests tells of a check run ${title}`, () => {
    assert.deepEqual(told(verdict), expected);
  });
}

test('claimFindings() tells how a check run ended that contradicts a claim, and what to wait for', () => {
  const [contradicted, waiting] = [found({ conclusion: 'failure' }), found({ status: 'queued', conclusion: null })].map((answer) => ofRun(answer).findings[0]);
  assert.match(contradicted?.message ?? '', / The check run 7, "tests", ended in "failure"\.$/);
  assert.deepEqual([waiting?.found, waiting?.next], ['the check run 7, "tests", has not ended: it is "queued"', 'Wait until it ends: the change is judged again then.']);
});

test('a check run that only the App asks about is left out and told once, and its claim is not verified', () => {
  const { skipped, verification } = ofRun({ kind: 'left' });
  assert.deepEqual(skipped.filter(({ why }) => why.includes('check runs')), [{ rule: 'hallucination/citation_missing', why: 'Let the Plumbline App judge this change: GitHub tells what the check runs say that claims cite.' }]);
  const [claim] = verification?.claims.slice(1) ?? [];
  assert.deepEqual([claim?.verdict, claim === undefined ? null : nextForClaim(claim)], ['unverifiable', 'let the App judge it']);
});

test('a claim that rests on a check run alone is verified, and does not make the claims verified', () => {
  const { verification } = ofRun(found(), { critical: true });
  assert.deepEqual([verification?.claims[1]?.verdict, verification?.verified_by_rag, verification?.reasons], ['verified', false, ['the critical claim c2 rests on a check run and quotes nothing']]);
  assert.deepEqual(verification?.claims[1]?.citations[0]?.run, { id: 7, name: 'tests', conclusion: 'success' });
  assert.equal(ofRun(found()).verification?.verified_by_rag, true);
});

test('a critical claim that quotes text beside a check run that ended well makes the claims verified', () => {
  const citations = [aCitation(), { id: 'q2', type: 'check_run', revision: '7', role: 'supports' }];
  assert.deepEqual(told(ofRun(found(), { critical: true, text: 'The cart adds up its items', citations })), ['pass']);
});

for (const path of ['.github/workflows/ci.yml', '.GitHub/Workflows/CI.yaml', '.github/workflows/scripts/run.sh', '.github/actions/test/run.js', 'tools/action.yml', '.circleci/config.yml', 'Jenkinsfile', 'azure-pipelines.yml', '.github/actions', '.github/scripts/test.sh', '.circleci', 'ci/Jenkinsfile', 'ci/azure-pipelines-nightly.yml', '.zuul.d/jobs.yaml', 'zuul.yaml', '.harness/build.yaml', '.prow/jobs.yaml', '.semaphore/x.yml', 'bitrise.yml', 'codefresh.yml', '.evergreen.yml', '.packit.yaml', 'netlify.toml', 'apps/web/vercel.json']) {
  test(`attack: a change that edits ${path} is held whatever a check run of it says`, () => {
    const verdict = ofRun(found(), { changes: [{ path }] }, [{ path, base: 'on: push\n', head: 'on: pull_request\n' }, { path: 'src/cart.ts', base: 'export const total = 1;\n', head: 'export const total = 2;\n' }]);
    assert.deepEqual(told(verdict), ['hold', 'hallucination/not_checkable hold']);
    assert.equal(verdict.verification?.claims[1]?.verdict, 'unverifiable');
  });
}

test('words for people beside the workflows, and a file whose name is like that of one, say nothing of what checks do', () => {
  for (const path of ['.github/ISSUE_TEMPLATE/bug.md', '.github/CODEOWNERS', 'docs/Jenkinsfile.md', 'src/my-zuul.yaml.ts', 'src/transaction.yml']) {
    assert.deepEqual(told(ofRun(found(), { changes: [{ path }] }, [{ path, base: 'a\n', head: 'b\n' }, { path: 'src/cart.ts', base: 'export const total = 1;\n', head: 'export const total = 2;\n' }])), ['pass'], path);
  }
});

test('attack: a change that deletes a workflow, and one that moves it away, are held', () => {
  for (const headPath of [null, 'old/ci.yml']) {
    const moved = headPath === null ? [] : [{ path: headPath, head: 'on: push\n' }];
    const verdict = ofRun(found(), { changes: [{ path: '.github/workflows/ci.yml' }, ...moved.map(({ path }) => ({ path }))] }, [{ path: '.github/workflows/ci.yml', base: 'on: push\n', head: null }, ...moved, { path: 'src/cart.ts', base: 'a', head: 'b' }]);
    assert.deepEqual(told(verdict), ['hold', 'hallucination/not_checkable hold']);
  }
});
