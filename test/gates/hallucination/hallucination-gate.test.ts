import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import { limits } from '../../../src/domain/limits.ts';
import { aFile } from '../../builders/a-file.ts';
import { aCitation, aClaim, aFencedBlock, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import type { World } from '../../builders/evidence-of.ts';
import { anAgentsChange, byLogin, judgeAgentsChange } from './an-agents-change.ts';
import type { AgentsChange } from './an-agents-change.ts';

const edit = { path: 'src/cart.ts', base: 'export const total = 1;\n', head: 'export const total = 2;\n' };
/** What the citation of `aCitation` finds where it points. */
const cited: World = { unlisted: { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' } };
const boundSubject = () => aSubject({ change_digest: changeDigestOf({ files: [aFile({ ...edit, roles: [] })] }, []) });

const unseen = { kind: 'unseen', why: 'the head 1234567 was not seen to arrive' } as const;
const unlisted = { kind: 'unlisted', why: 'not all commits could be listed' } as const;

const codes = (input: AgentsChange): readonly string[] => judgeAgentsChange(input).findings.map(({ code }) => code);

suite('the hallucination gate', () => {
  test('does not apply where nothing is configured of it, or no agent has a hand in the change', () => {
    for (const input of [{ hallucination: null }, { login: 'mona', document: null }]) {
      const { applies, verdict } = judgeAgentsChange(input);
      assert.deepEqual({ applies, verdict }, { applies: false, verdict: 'pass' });
    }
  });

  test('holds what an agent changes without evidence', () => {
    const { verdict, findings } = judgeAgentsChange({ document: null });
    assert.deepEqual([verdict, findings.map(({ code }) => code)], ['hold', ['hallucination/evidence_missing']]);
  });

  test('asks no evidence of whom an entry excepts', () => {
    assert.deepEqual(codes({ login: 'dependabot[bot]', document: null }), []);
    assert.deepEqual(codes({ login: 'robot[bot]', document: null, hallucination: { agents: [{ login: '*[bot]', except: ['robot*'] }] } }), []);
  });

  test('is inconclusive where it can not be told whose hand is in the change', () => {
    const { verdict, findings } = judgeAgentsChange({ login: 'mona', document: null, world: { unavailable: ({ kind }) => kind === 'contributors' } });
    assert.deepEqual([verdict, findings.map(({ code }) => code)], ['inconclusive', ['hallucination/unverifiable']]);
  });

  test('is inconclusive where a head was not seen to arrive, with the way out: an agent may have pushed it', () => {
    const { verdict, findings } = judgeAgentsChange({ login: 'mona', document: null, world: { contributors: { ...byLogin('mona'), unknown: [unseen] } } });
    assert.deepEqual([verdict, findings.map(({ code, found }) => [code, found])], ['inconclusive', [['hallucination/unverifiable', unseen.why]]]);
    assert.match(findings[0]?.next ?? '', /close the pull request and open it again/);
  });

  test('holds where not all of its commits are listed: no other time would list them', () => {
    const { verdict, findings } = judgeAgentsChange({ login: 'dependabot[bot]', document: null, world: { contributors: { ...byLogin('dependabot[bot]'), unknown: [unlisted] } } });
    assert.deepEqual([verdict, findings.map(({ code, found }) => [code, found])], ['hold', [['hallucination/not_checkable', unlisted.why]]]);
    assert.match(findings[0]?.next ?? '', /Squash its commits/);
  });

  test('asks nothing more of hands that are not known where evidence came, or is missed already', () => {
    const contributors = { ...byLogin('robot[bot]'), unknown: [unseen] } as const;
    assert.deepEqual([codes({ world: { ...cited, contributors } }), codes({ document: null, world: { contributors } })], [[], ['hallucination/evidence_missing']]);
  });

  test('says that it was not asked whose hand is in a change where nobody was there to ask', () => {
    const { verdict, skipped } = judgeAgentsChange({ login: 'mona', document: null, world: { contributors: { people: [], unknown: [{ kind: 'unasked', why: 'without --context nobody is known' }] } } });
    assert.deepEqual([verdict, skipped], ['pass', [{ rule: 'hallucination/*', why: 'no agent is known to have a hand in the change, and no evidence came with it: without --context nobody is known' }]]);
  });

  test('fails a document that is no evidence, with the place', () => {
    const { verdict, findings } = judgeAgentsChange({ document: { claims: 3 } });
    assert.equal(verdict, 'fail');
    assert.deepEqual(findings.filter(({ code }) => code === 'hallucination/evidence_invalid').map(({ path, line, column }) => ({ path, line, column })), [{ path: '.plumbline/evidence/change.json', line: 18, column: 2 }]);
  });

  test('holds evidence about another state of the change', () => {
    assert.deepEqual(codes({ document: { subject: aSubject() } }), ['hallucination/evidence_unbound']);
  });

  test('reads the evidence in the body of a pull request as it reads a file', () => {
    const { snapshot } = anAgentsChange();
    assert.deepEqual(codes({ document: null, body: `Adds up.\n\n${aFencedBlock(anEvidenceDocument({ subject: aSubject() }))}\n` }), ['hallucination/evidence_unbound']);
    assert.equal(snapshot.change.body, undefined);
  });

  test('judges the evidence of a person as that of an agent', () => {
    assert.deepEqual(codes({ login: 'mona', document: { claims: 3 }, world: { contributors: byLogin('mona') } }), ['hallucination/evidence_invalid']);
  });

  test('passes claims that it verified itself, whatever the agent thinks of them', () => {
    const { verdict, findings, verification } = judgeAgentsChange({ document: { confidence: { score: 0, method: 'verbalized' } }, world: cited });
    assert.deepEqual([verdict, findings, verification?.verified_by_rag, verification?.reasons], ['pass', [], true, []]);
  });

  test('asks for a person where one changed file is in no claim, no claim is critical, or there is none', () => {
    const more = { path: 'src/tax.ts', head: 'export const tax = 1;\n' };
    const documents: readonly AgentsChange[] = [{ files: [edit, more] }, { document: { claims: [aClaim({ critical: false })] } }, { document: { claims: [] } }];
    assert.deepEqual(documents.map((input) => judgeAgentsChange({ ...input, world: cited }).findings.map(({ code }) => code)), documents.map(() => ['hallucination/confidence_low']));
  });

  test('fails what cites a file that is not there, though everything else is verified', () => {
    const claims = [aClaim(), aClaim({ id: 'c2', critical: false, citations: [aCitation({ path: 'docs/none.md' })] })];
    const { verdict, verification } = judgeAgentsChange({ document: { claims }, world: cited });
    assert.deepEqual([verdict, verification?.category], ['fail', 'fabricated_reference']);
  });

  test('attack: does not verify where a claim says what its quote does not, though it is called not critical', () => {
    const vetoed = (text: string) => aClaim({ id: 'c2', critical: false, text });
    for (const text of ['The cart adds up its 12 items, with taxes', 'The cart adds up its `wombats`, with taxes']) {
      const { verdict, verification } = judgeAgentsChange({ document: { claims: [aClaim(), vetoed(text)] }, world: cited });
      assert.deepEqual([verdict, verification?.verified_by_rag, verification?.reasons], ['hold', false, ['the claim c2 says what nothing that it cites does']]);
    }
    assert.equal(judgeAgentsChange({ document: { claims: [aClaim(), vetoed('The cart adds up its items, with taxes')] }, world: cited }).verdict, 'pass');
  });

  test('calls what is malformed no fabricated reference', () => {
    const { verdict, verification } = judgeAgentsChange({ text: '{}', world: cited });
    assert.deepEqual([verdict, verification?.category, verification?.reasons], ['fail', null, ['a document is invalid', 'no claim is critical', 'no claim is about src/cart.ts']]);
  });

  test('is inconclusive while a file that is cited can not be read', () => {
    const { verdict, findings } = judgeAgentsChange({ world: { ...cited, unavailable: ({ kind }) => kind === 'file-at' } });
    assert.equal(verdict, 'inconclusive');
    assert.ok(findings.some(({ code }) => code === 'hallucination/unverifiable'));
  });

  test('is inconclusive without an answer of the built-in rules, and does not pass by a report of others', () => {
    const silent = judgeAgentsChange({ world: { ...cited, policies: () => ({ kind: 'silent', why: 'no report' }) } });
    const others = judgeAgentsChange({ world: { ...cited, policies: () => ({ kind: 'report', report: { inputVersion: 1, subjects: ['agent.change'], results: [] } }) } });
    assert.deepEqual([silent.verdict, others.verdict], ['inconclusive', 'inconclusive']);
  });

  test('says what the rules say against the record where nothing of its own does', () => {
    const results = [{ rule: 'hallucination/package_missing', subject: 'agent.change', outcome: 'fail', facts: {} }] as const;
    const { verdict, findings } = judgeAgentsChange({ world: { ...cited, policies: () => ({ kind: 'report', report: { inputVersion: 1, subjects: ['agent.change'], results } }) } });
    assert.deepEqual([verdict, findings.map(({ code, severity }) => `${code} ${severity}`)], ['fail', ['hallucination/package_missing deny']]);
  });

  test('takes what an agent says came of checking its claims for nothing, and tells it', () => {
    const claims = [{ ...aClaim({ citations: [] }), verdict: 'verified' }];
    const { verdict, findings } = judgeAgentsChange({ document: { verified_by_rag: true, claims }, world: cited });
    assert.equal(verdict, 'hold');
    assert.deepEqual(findings.filter(({ code }) => code === 'hallucination/verdict_ignored').map(({ severity, path }) => `${severity} ${path}`), ['notice .plumbline/evidence/change.json', 'notice .plumbline/evidence/change.json']);
  });

  test('counts nothing of any document where one is malformed, and joins those that are not', () => {
    const second = { path: '.plumbline/evidence/second.json', head: '[]' };
    const broken = judgeAgentsChange({ files: [edit, second], world: cited });
    assert.deepEqual([broken.verdict, broken.verification?.verified_by_rag, broken.verification?.reasons.includes('a document is invalid')], ['fail', false, true]);
    const again = judgeAgentsChange({ body: aFencedBlock(anEvidenceDocument({ subject: boundSubject(), claims: [aClaim({ id: 'c2' })] })), world: cited });
    assert.deepEqual([again.verdict, again.verification?.claims.map(({ id }) => id)], ['pass', ['c1', 'c2']]);
    assert.deepEqual(codes({ body: aFencedBlock(anEvidenceDocument({ subject: boundSubject() })), world: cited }), ['hallucination/evidence_invalid']);
  });

  test('reads a block that does not end, and more documents than may be sent, as malformed', () => {
    assert.deepEqual(codes({ document: null, body: '```plumbline-evidence\n{}' }), ['hallucination/evidence_invalid']);
    const many = Array.from({ length: limits.evidenceDocuments + 1 }, (_, index) => aFencedBlock(anEvidenceDocument({ subject: boundSubject(), claims: [aClaim({ id: `c${index}` })] }))).join('\n');
    assert.deepEqual(codes({ document: null, body: many, world: cited }), ['hallucination/evidence_invalid']);
  });

  test('binds by repository, pull request and the state of the change, and says where', () => {
    for (const [subject, why] of [[{ repository: 'acme/other' }, 'another repository'], [{ pull_request: 8 }, 'another pull request'], [{ change_digest: `sha256:${'1'.repeat(64)}` }, 'another state']] as const) {
      const { verdict, findings } = judgeAgentsChange({ document: { subject: { ...boundSubject(), ...subject } } });
      assert.deepEqual([verdict, findings.map(({ code }) => code), findings[0]?.message.includes(why)], ['hold', ['hallucination/evidence_unbound'], true]);
    }
    assert.deepEqual(codes({ document: { subject: { ...boundSubject(), repository: 'ACME/Shop', pull_request: 7, base_sha: 'f'.repeat(40) } }, world: cited }), []);
  });
});
