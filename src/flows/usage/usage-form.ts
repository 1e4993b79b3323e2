import type { JsonObject } from '../../domain/json-value.ts';
import type { ChargedUsage } from '../ports/usage-store.ts';

/** What was used and what it counts as, for programs: amounts as digits. */
export function usageForm({ repositoryId, agent, usage, charge }: Pick<ChargedUsage, 'repositoryId' | 'agent' | 'usage' | 'charge'>): JsonObject {
  const { source, provider, model, inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens } = usage;
  return { repositoryId, agent, source, provider, model, inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens, tokens: String(charge.tokens), costPicoUsd: String(charge.cost), isPriced: charge.isPriced };
}
