import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import type { UsageAnswer } from '../../../src/domain/usage/usage-answer.ts';
import { hallucinationGate } from '../../../src/gates/hallucination/hallucination-gate.ts';
import { statedUsageOf } from '../../../src/gates/hallucination/usage/stated-usage.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';
import { anAgentsChange, byLogin, judgeAgentsChange } from './an-agents-change.ts';
import type { AgentsChange } from './an-agents-change.ts';

const agents = [{ login: '*[bot]' }];
const none = { tokens: '0', cost: '0' };

function used(tokens: string, input: Partial<Extract<UsageAnswer, { readonly kind: 'counted' }>> = {}): UsageAnswer {
  return { kind: 'counted', others: { tokens, cost: '0' }, self: none, proxy: none, provider: none, isCharged: false, ...input };
}

function stating(tokens: number): JsonObject {
  return { usage: [{ 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.usage.input_tokens': tokens, 'gen_ai.usage.output_tokens': 0 }] };
}

function limited(input: AgentsChange, quota: JsonObject = { scope: 'agent', tokensPerDay: 100 }): AgentsChange {
  return { ...input, hallucination: { agents, quotas: [quota] } };
}

/** What the claim of the document cites. */
const cited: World = { unlisted: { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' } };

function codesOf(input: AgentsChange): readonly string[] {
  return judgeAgentsChange(input).findings.filter(({ code, message }) => code.startsWith('usage/') || message.includes('could not be counted')).map(({ code }) => code);
}

suite('what an agent uses up', () => {
  test('is no matter within its quota, is told from four fifths on, and denies beyond it', () => {
    const codes = (tokens: string) => codesOf(limited({ world: { usage: () => used(tokens) } }));
    assert.deepEqual(['0', '79', '80', '100', '101', '999999999999999999999'].map(codes), [[], [], ['usage/quota_near'], ['usage/quota_near'], ['usage/quota_exceeded'], ['usage/quota_exceeded']]);
    assert.equal(judgeAgentsChange(limited({ world: { usage: () => used('101') } })).verdict, 'fail');
  });

  test('denies at once with what its evidence states, which counts once', () => {
    const change = (answer: UsageAnswer) => codesOf(limited({ document: stating(60), world: { usage: () => answer } }));
    assert.deepEqual([change(used('20')), change(used('50')), change(used('50', { isCharged: true }))], [['usage/quota_near'], ['usage/quota_exceeded'], []]);
  });

  test('attack: denies where any agent with a hand in it has passed its own quota, whoever is named beside it', () => {
    const among = (...named: readonly string[]) => judgeAgentsChange(limited({ document: stating(60), world: { ...cited, contributors: { ...byLogin('robot[bot]'), named }, usage: ({ agent }) => used(agent === 'zeta[bot]' ? '101' : '0') } }));
    const { verdict, findings } = among('alpha[bot]', 'Zeta[bot]', 'zeta[bot]');
    assert.deepEqual([verdict, findings.filter(({ code }) => code === 'usage/quota_exceeded').map(({ message }) => /"([^"]+)"/.exec(message)?.[1])], ['fail', ['zeta[bot]']]);
    assert.deepEqual(among('alpha[bot]').findings.map(({ code }) => code), []);
    const many = among(...Array.from({ length: limits.countedAgents + 1 }, (_, index) => `a${index}[bot]`));
    assert.deepEqual([many.verdict, many.findings.map(({ code }) => code)], ['hold', ['hallucination/not_checkable']]);
  });

  test('is not known where the counter can not be read: inconclusive, never zero', () => {
    const verdict = judgeAgentsChange(limited({ world: { usage: () => used('0'), unavailable: ({ kind }) => kind === 'usage-window' } }));
    assert.deepEqual(verdict.findings.filter(({ message }) => message.includes('could not be counted')).map(({ code, severity }) => [code, severity]), [['hallucination/unverifiable', 'unknown']]);
  });

  test('is not known where nobody knows whose hand is in it, though its evidence came and holds', () => {
    const { verdict, findings } = judgeAgentsChange(limited({ world: { ...cited, usage: () => used('101'), unavailable: ({ kind }) => kind === 'contributors' } }));
    assert.deepEqual([verdict, findings.filter(({ severity }) => severity === 'unknown').map(({ message }) => message.startsWith('It could not be told whether an agent has a hand'))], ['inconclusive', [true]]);
  });

  test('is left to the App where nobody counts', () => {
    const { skipped, findings } = judgeAgentsChange(limited({ world: { usage: () => ({ kind: 'left' }) } }));
    assert.deepEqual([skipped.filter(({ rule }) => rule.startsWith('usage/')).length, findings.filter(({ code }) => code.startsWith('usage/'))], [1, []]);
  });

  test('is asked for the window of the zone that the snapshot is in, and no person is limited', () => {
    const asked: RequestOf<'usage-window'>[] = [];
    const world = { usage: (request: RequestOf<'usage-window'>) => (asked.push(request), used('0')) };
    judgeAgentsChange(limited({ login: 'Robot[bot]', world }, { scope: 'repository', costPerMonth: 1, zone: 'Asia/Tokyo' }));
    assert.deepEqual(asked.map(({ scope, agent, from, to, stated }) => [scope, agent, from, to, stated]), [['repository', 'robot[bot]', '2026-10-31T15:00:00.000Z', '2026-11-30T15:00:00.000Z', null]]);
    judgeAgentsChange(limited({ login: 'mona', document: null, world }));
    assert.equal(asked.length, 1);
  });

  test('ends with its window: what is nearly or wholly used up is judged again then', () => {
    const { snapshot, world } = anAgentsChange(limited({ world: { usage: () => used('90') } }));
    const evidence = collectEvidence(hallucinationGate, snapshot, world);
    assert.deepEqual(hallucinationGate.expiries?.(snapshot, evidence), ['2026-11-21T00:00:00.000Z']);
  });

  test('attack: of a change from a fork nothing is charged: whoever may not push uses up no quota of others', () => {
    const { snapshot, world } = anAgentsChange(limited({ document: stating(60) }));
    const evidence = collectEvidence(hallucinationGate, snapshot, world);
    assert.deepEqual([statedUsageOf(snapshot, evidence)?.usage.map(({ inputTokens, source }) => [inputTokens, source]), statedUsageOf({ ...snapshot, change: { ...snapshot.change, fork: true } }, evidence)], [[[60, 'self']], null]);
  });

  test('attack: who says of itself that a proxy or a provider counted divides nothing: all that evidence states is of one source', () => {
    const sent = { usage: ['self', 'proxy', 'provider'].map((source) => ({ 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.usage.input_tokens': 40, 'gen_ai.usage.output_tokens': 0, cost: { amount: 0, currency: 'USD', source } })) };
    assert.deepEqual(codesOf(limited({ document: sent, world: { usage: () => used('0') } })), ['usage/quota_exceeded']);
  });

  test('attack: hostile amounts make a document invalid, and nothing of it is charged', () => {
    const written = anAgentsChange(limited({ document: stating(60) })).world.contents?.at(-1);
    const statedWith = (amount: string): readonly number[] | null => {
      const { snapshot, world } = anAgentsChange(limited({ text: String(written).replace('"gen_ai.usage.input_tokens": 60', `"gen_ai.usage.input_tokens": ${amount}`) }));
      return statedUsageOf(snapshot, collectEvidence(hallucinationGate, snapshot, world))?.usage.map(({ inputTokens }) => inputTokens) ?? null;
    };
    assert.deepEqual(statedWith('61'), [61]);
    for (const amount of ['-1', '1e400', '1.5', '1000000000001', '"5"', 'NaN', 'null']) assert.equal(statedWith(amount), null, amount);
  });
});
