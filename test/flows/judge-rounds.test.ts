import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../src/domain/decision.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { ProbeKind, ProbeRequest } from '../../src/domain/probe-request.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { limits } from '../../src/domain/limits.ts';
import { verdictOf } from '../../src/domain/verdict.ts';
import { judge } from '../../src/flows/judge.ts';
import type { Judging } from '../../src/flows/judge.ts';
import { evidenceOf } from '../builders/evidence-of.ts';
import { aRichChange, entry, yes } from './lost-answers/rich-change.ts';
import type { RichChange } from './lost-answers/rich-change.ts';

interface JudgedInRounds {
  readonly decision: Decision;
  /** Kinds of what was asked, round by round. */
  readonly rounds: readonly (readonly ProbeKind[])[];
}

async function judgeInRounds({ snapshot, world }: RichChange, more: Partial<Judging> = {}): Promise<JudgedInRounds> {
  const rounds: ProbeKind[][] = [];
  const answer = async (requests: readonly ProbeRequest[], before: Evidence): Promise<Evidence> => {
    rounds.push([...new Set(requests.map(({ kind }) => kind))].toSorted());
    return evidenceOf(requests, world, before);
  };
  const { decision } = await judge({ snapshot, prober: { answer }, requiredGates, ...more });
  return { decision, rounds };
}

test('judge() looks for secrets while no verdict is known, and has a round for each question that follows from another', async () => {
  const lifting = entry('secret.commit', { actors: ['team:writers'] });
  const change = aRichChange({
    files: { 'src/a.ts': { base: 'SECRETold', head: 'SECRETnew' } },
    governance: { whitelist: [lifting] },
    snapshot: { configuration: { organizationText: `version: 1\ngovernance: ${JSON.stringify({ whitelist: [lifting] })}\n` } },
    world: { votes: yes('ann', 'bob') },
  });
  const { decision, rounds } = await judgeInRounds(change);
  assert.deepEqual(rounds, [['blob'], ['secrets'], ['secrets'], ['contributors', 'votes'], ['membership'], ['policies']]);
  assert.equal(decision.cause, 'pass');
});

test('judge() blocks a change about which a gate never ends to ask', async () => {
  const asksOn: Judging['gates'] = [
    {
      name: 'change',
      plan: (_snapshot, evidence) => [{ kind: 'membership', login: `${evidence.entries().length}`, id: null, group: 'admins' }],
      evaluate: () => verdictOf({ gate: 'change', applies: true, findings: [], evaluated: [], skipped: [], covered: [] }),
    },
  ];
  const { decision, rounds } = await judgeInRounds(aRichChange({ files: {} }), { gates: asksOn, requiredGates: ['change'] });
  assert.deepEqual([decision.cause, rounds.length, decision.verdicts.flatMap(({ findings }) => findings.map(({ code }) => code))], ['inconclusive', limits.probeRounds, ['engine/unsettled']]);
});
