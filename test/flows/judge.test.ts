import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from '../../src/domain/verdict.ts';
import type { ProbeRequest } from '../../src/domain/probe-request.ts';
import { judge } from '../../src/flows/judge.ts';
import type { Prober } from '../../src/flows/ports/prober.ts';
import type { Gate } from '../../src/gates/gate.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';

const end = '2027-01-01T00:00:00.000Z';

/** A gate that lets everything pass, until then. */
function aGate(name: 'change' | 'contracts' | 'governance', expiries: () => readonly string[] = () => [end]): Gate {
  return { name, plan: () => [], evaluate: () => verdictOf({ gate: name, applies: true, findings: [], evaluated: [], skipped: [], covered: [] }), expiries };
}

async function judged(gates: readonly Gate[], required = gates.map(({ name }) => name)) {
  const prober = { answer: async () => assert.fail('nothing is asked') };
  const { decision } = await judge({ snapshot: aSnapshot(), prober, requiredGates: required, gates });
  return [decision.cause, decision.validUntil, ...decision.verdicts.flatMap(({ findings }) => findings.map(({ code, message }) => `${code}: ${message}`))];
}

test('judge() is valid until the first end that a gate knows, of one whose verdict is only evidence too', async () => {
  assert.deepEqual(await judged([aGate('change'), aGate('contracts', () => ['2026-12-01T00:00:00.000Z']), aGate('governance')], ['change', 'governance']), ['pass', '2026-12-01T00:00:00.000Z']);
});

test('judge() gives no green without a date where a gate can not tell until when it passes', async () => {
  const broken = () => {
    throw new Error('no end');
  };
  assert.deepEqual(await judged([aGate('change'), aGate('governance', broken)]), ['inconclusive', end, 'engine/failed: The governance gate broke: no end. Nothing in your change caused this.']);
  assert.deepEqual(await judged([aGate('change', () => ['soon'])]), ['inconclusive', null, 'engine/failed: The change gate broke: Cannot tell until when it passes: found "soon", expected an instant. Nothing in your change caused this.']);
});

test('judge() says what broke a plan, and lets the other gates speak', async () => {
  const broken: Gate = { ...aGate('contracts'), plan: () => assert.fail('no plan') };
  assert.deepEqual(await judged([aGate('change'), broken]), ['inconclusive', end, 'engine/failed: The contracts gate broke: no plan. Nothing in your change caused this.']);
});

test('judge() asks once what two gates want to know at the same time', async () => {
  const asked: ProbeRequest[] = [];
  const answer: Prober['answer'] = async (requests, evidence) => {
    asked.push(...requests);
    return evidence.with('operator-keys', [[{ kind: 'operator-keys' }, { kind: 'answered', value: [] }]]);
  };
  const gates = [aGate('change'), aGate('contracts'), aGate('governance')].map((gate): Gate => ({ ...gate, plan: () => [{ kind: 'operator-keys' }] }));
  const { decision } = await judge({ snapshot: aSnapshot(), prober: { answer }, requiredGates: ['change', 'contracts', 'governance'], gates });
  assert.deepEqual([decision.cause, asked], ['pass', [{ kind: 'operator-keys' }]]);
});

test('judge() shows the first gates nothing of what is asked for the last one, whenever it is answered', async () => {
  const keys = { kind: 'operator-keys' } as const;
  const answer: Prober['answer'] = async (requests, evidence) => (requests.some(({ kind }) => kind === 'operator-keys') ? evidence.with('operator-keys', [[keys, { kind: 'answered', value: [] }]]) : evidence.with('votes', [[{ kind: 'votes' }, { kind: 'answered', value: [] }]]));
  const seen = new Map<string, boolean>();
  const noting = (gate: Gate): Gate => ({ ...gate, evaluate: (snapshot, evidence) => (seen.set(gate.name, evidence.has(keys)), gate.evaluate(snapshot, evidence)) });
  const gates = [noting({ ...aGate('change'), plan: () => [{ kind: 'votes' }] }), noting({ ...aGate('governance'), plan: () => [keys] })];
  await judge({ snapshot: aSnapshot(), prober: { answer }, requiredGates: ['change', 'governance'], gates });
  assert.deepEqual(Object.fromEntries(seen), { change: false, governance: true });
});

test('judge() asks a gate for its plan once for the same evidence', async () => {
  let plans = 0;
  await judged([{ ...aGate('change'), plan: () => ((plans += 1), []) }]);
  assert.equal(plans, 1);
});
