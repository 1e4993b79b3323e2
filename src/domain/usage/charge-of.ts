import type { ModelUsage } from './model-usage.ts';
import { priceMap } from './price-map.ts';
import type { TokenPrices } from './price-map.ts';

/** What counts against a quota. */
export interface UsageAmount {
  readonly tokens: bigint;
  /** Pico-dollars. */
  readonly cost: bigint;
}

export interface UsageCharge extends UsageAmount {
  /** False: the model is none of those whose price is known, and the worst price counts. */
  readonly isPriced: boolean;
}

/**
 * What a usage counts as, in whole numbers. Where two readings are possible the dearer one counts: tokens of a cache that are more than the whole
 * input come on top of it, several calls that are stated as one count as one long call, and a stated cost counts where it is higher.
 */
export function chargeOf(usage: ModelUsage): UsageCharge {
  const known = priceMap.priceOf(usage.provider, usage.model);
  const cached = usage.cacheReadTokens + usage.cacheCreationTokens;
  const plain = cached > usage.inputTokens ? usage.inputTokens : usage.inputTokens - cached;
  const isLong = known?.above !== undefined && plain + cached > known.above.inputTokens;
  const prices: TokenPrices = (isLong ? known.above : known) ?? priceMap.worst;
  const listed = BigInt(plain) * BigInt(prices.input) + BigInt(usage.cacheReadTokens) * BigInt(prices.cacheRead) + BigInt(usage.cacheCreationTokens) * BigInt(prices.cacheCreation) + BigInt(usage.outputTokens) * BigInt(prices.output);
  const stated = usage.statedCost ?? 0n;
  return { tokens: BigInt(plain) + BigInt(cached) + BigInt(usage.outputTokens), cost: stated > listed ? stated : listed, isPriced: known !== null };
}
