import { member } from '../configuration/member.ts';
import type { ClaimedUsage } from '../agent-evidence/evidence-document.ts';
import type { ModelUsage } from './model-usage.ts';
import { picoDollars } from './pico-dollars.ts';

/**
 * What an evidence document states, as it is counted. It is the agent that says so, whomever it says to have it from: sources tell of the same calls,
 * and an agent that named several would divide by them what it used. A cost in another currency than US dollars is not compared. Output includes what a model thought.
 */
export function claimedUsage({ attributes, cost }: ClaimedUsage): ModelUsage {
  const count = (name: string): number => member.number(attributes, `gen_ai.usage.${name}`) ?? 0;
  return {
    source: 'self',
    provider: member.text(attributes, 'gen_ai.provider.name') ?? '',
    model: member.text(attributes, 'gen_ai.request.model') ?? '',
    inputTokens: count('input_tokens'),
    outputTokens: Math.max(count('output_tokens'), count('reasoning.output_tokens')),
    cacheReadTokens: count('cache_read.input_tokens'),
    cacheCreationTokens: count('cache_creation.input_tokens'),
    statedCost: cost?.currency === 'USD' ? picoDollars(cost.amount, 'up') : null,
  };
}
