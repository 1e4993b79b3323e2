import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/domain/finding.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import { aCitation, aClaim, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import type { World } from '../../builders/evidence-of.ts';
import { anAgentsChange, evidencePath, judgeAgentsChange } from './an-agents-change.ts';

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

test('claimFindings() holds a claim about a result of tests that cites a check run, and explains any other one', () => {
  const held = (kind: string): readonly string[] => judgeAgentsChange({ document: { claims: [aClaim(), aClaim({ id: 'c2', kind, critical: false, text: 'All tests pass', citations: [{ id: 'q1', type: 'check_run', revision: '7', role: 'supports' }] })] }, world }).findings.map(({ code, severity }) => `${code} ${severity}`);
  assert.deepEqual([held('test_result'), held('behaviour')], [['hallucination/not_checkable hold'], ['hallucination/claim_unsupported notice']]);
});
