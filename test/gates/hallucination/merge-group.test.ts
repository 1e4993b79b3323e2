import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ownBindingOf, bindingOf } from '../../../src/domain/approval/binding.ts';
import { findingItem } from '../../../src/domain/approval/finding-item.ts';
import type { Contributors } from '../../../src/domain/people/contributor.ts';
import type { GroupMember, Snapshot } from '../../../src/domain/snapshot.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { hallucinationGate } from '../../../src/gates/hallucination/hallucination-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import { anAgentsChange, byLogin, evidencePath, judgeAgentsChange } from './an-agents-change.ts';
import type { AgentsChange } from './an-agents-change.ts';

const others = aFile({ path: 'src/other.ts', base: 'one', head: 'two', roles: [] });
const both: Contributors = { people: [...byLogin('robot[bot]').people, ...byLogin('mona').people], unknown: null };

/** A merge group of the agent's pull request and one of a person. */
function aGroup(input: AgentsChange, members: readonly GroupMember[]): { readonly snapshot: Snapshot; readonly verdict: Verdict } {
  const { snapshot, world } = anAgentsChange(input);
  const change = { ...snapshot.change, subject: { kind: 'merge-group', headRef: 'refs/heads/queue', members: members.map(({ number }) => number) }, members } as const;
  const group = { ...snapshot, change, files: [...snapshot.files, others].toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
  return { snapshot: group, verdict: judgeWith(hallucinationGate, group, { ...world, contributors: both }) };
}

const agents: GroupMember = { number: 7, author: 'robot[bot]', paths: [evidencePath, 'src/cart.ts'] };
const persons: GroupMember = { number: 8, author: 'mona', paths: ['src/other.ts'] };
const codes = ({ findings }: Verdict): readonly string[] => findings.map(({ code }) => code);

suite('evidence in a merge group', () => {
  test('is about what its pull request changes, and of nobody else any is asked', () => {
    const alone = judgeAgentsChange({ document: { claims: [] } });
    assert.deepEqual([alone.verdict, codes(aGroup({ document: { claims: [] } }, [agents, persons]).verdict)], ['hold', codes(alone)]);
    assert.equal(aGroup({ document: { claims: [] } }, [agents, persons]).verdict.verification?.coverage.changed_files, 1);
  });

  test('is released by a yes that was given to its pull request, and by none to another one', () => {
    const { snapshot } = anAgentsChange({ document: { claims: [] } });
    const [own] = judgeAgentsChange({ document: { claims: [] } }).findings;
    const { snapshot: group, verdict } = aGroup({ document: { claims: [] } }, [agents, persons]);
    const [found] = verdict.findings;
    assert.ok(own !== undefined && found !== undefined);
    assert.equal(bindingOf(group, findingItem(found, group), 7), ownBindingOf(snapshot, findingItem(own, snapshot)));
    const { snapshot: other, verdict: otherwise } = aGroup({ document: { claims: [], id: 'another' } }, [agents, persons]);
    const [changed] = otherwise.findings;
    assert.ok(changed !== undefined);
    assert.notEqual(bindingOf(other, findingItem(changed, other), 7), ownBindingOf(snapshot, findingItem(own, snapshot)));
  });

  test('is asked of all of them where an agent has a hand in it that opened none, and none brings any', () => {
    assert.deepEqual(codes(aGroup({ document: null }, [{ ...agents, author: 'eve' }, persons]).verdict), ['hallucination/evidence_missing', 'hallucination/evidence_missing']);
    assert.deepEqual(codes(aGroup({ document: null }, [agents, persons]).verdict), ['hallucination/evidence_missing']);
  });

  test('is not known where it can not be read what a pull request changes', () => {
    const { verdict } = aGroup({ document: { claims: [] } }, [agents, { ...persons, paths: null }]);
    assert.equal(verdict.verdict, 'inconclusive');
  });
});
