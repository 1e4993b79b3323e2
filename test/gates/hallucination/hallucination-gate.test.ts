import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aFencedBlock, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import { anAgentsChange, byLogin, judgeAgentsChange } from './an-agents-change.ts';
import type { AgentsChange } from './an-agents-change.ts';

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
});
