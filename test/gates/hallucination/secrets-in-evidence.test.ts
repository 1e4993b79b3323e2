import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import { Evidence } from '../../../src/domain/evidence.ts';
import type { SecretsAnswer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import { hallucinationGate } from '../../../src/gates/hallucination/hallucination-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import { aClaim, aFencedBlock, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';
import { anAgentsChange, byLogin, evidencePath, judgeAgentsChange } from './an-agents-change.ts';

const secret = 'marked-as-a-secret';
const edit = { path: 'src/cart.ts', base: 'export const total = 1;\n', head: 'export const total = 2;\n' };
const subject = aSubject({ change_digest: changeDigestOf({ files: [aFile({ ...edit, roles: [] })] }, []) });
const cited: World = { unlisted: { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' } };

/** Finds the marked secret, as the edge would. */
function marked({ text }: RequestOf<'secrets'>): SecretsAnswer {
  const lines = text.split('\n').map((line, index) => ({ rule: 'marked', line: index + 1, column: line.indexOf(secret) + 1, digest: 'sha256:0' as const }));
  return { kind: 'scanned', secrets: lines.filter(({ column }) => column > 0) };
}

const world: World = { ...cited, secrets: marked };
const claims = [aClaim({ text: `The cart is opened with ${secret}` })];

suite('a secret in evidence', () => {
  test('fails the document that has it, with its place, and stands in no record', () => {
    const { verdict, findings, verification } = judgeAgentsChange({ document: { claims }, world });
    assert.deepEqual([verdict, findings.map(({ code, path, found }) => [code, path, found])], ['fail', [['hallucination/evidence_invalid', evidencePath, 'marked']]]);
    assert.doesNotMatch(JSON.stringify([findings, verification]), new RegExp(secret));
    assert.deepEqual(verification?.claims, []);
  });

  test('in a block of the text of a pull request is told by its line there; around a block it is none of it', () => {
    const block = aFencedBlock(anEvidenceDocument({ subject, claims }));
    const { verdict, findings } = judgeAgentsChange({ document: null, body: `Adds up.\n\n${block}\n`, world });
    const line = `Adds up.\n\n${block}`.split('\n').findIndex((one) => one.includes(secret)) + 1;
    assert.deepEqual([verdict, findings.map(({ code }) => code)], ['fail', ['hallucination/evidence_invalid']]);
    assert.ok(findings[0]?.message.includes(`(line ${line} of the body)`), findings[0]?.message);
    const around = judgeAgentsChange({ document: null, body: `${secret}\n\n${aFencedBlock(anEvidenceDocument({ subject }))}\n\n${secret}\n`, world });
    assert.deepEqual([around.verdict, around.findings], ['pass', []]);
  });

  test('that nobody could look for leaves the change inconclusive', () => {
    const lost = judgeAgentsChange({ world: { ...cited, unavailable: ({ kind }) => kind === 'secrets' } });
    const long = judgeAgentsChange({ world: { ...cited, secrets: () => ({ kind: 'undecided', why: 'it took too long' }) } });
    for (const { verdict, findings, verification } of [lost, long]) assert.deepEqual([verdict, findings.map(({ code }) => code), verification?.claims], ['inconclusive', ['hallucination/unverifiable', 'hallucination/confidence_low'], []]);
  });

  test('that nobody was asked to look for leaves it inconclusive, too', () => {
    const { snapshot, world: found } = anAgentsChange({ world: cited });
    const known = collectEvidence(hallucinationGate, snapshot, found);
    const others = new Evidence().taking(hallucinationGate.plan(snapshot, known).filter(({ kind }) => kind !== 'secrets'), known);
    assert.equal(hallucinationGate.evaluate(snapshot, known).verdict, 'pass');
    assert.equal(hallucinationGate.evaluate(snapshot, others).verdict, 'inconclusive');
  });

  test('is looked for in the text of a pull request whoever wrote it', () => {
    const { snapshot, world: found } = anAgentsChange({ login: 'mona', document: null, body: 'Fine.', world: { contributors: byLogin('mona') } });
    const asked = collectEvidence(hallucinationGate, snapshot, found).entries().map(([key]) => key).filter((key) => key.startsWith('secrets:'));
    assert.equal(asked.length, 1);
  });
});
