import map from './price-map.json' with { type: 'json' };
import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';

/** Pico-dollars for one token. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheCreation: number;
}

export interface ModelPrice extends TokenPrices {
  /** What all tokens of a call cost whose input has more than `inputTokens`; left out: the same. */
  readonly above?: TokenPrices & { readonly inputTokens: number };
}

/** Prices as their makers list them, taken over on one day. Nothing is fetched. */
export interface PriceMap {
  readonly takenAt: string;
  readonly digest: Digest;
  /** Null: nobody here knows its price. */
  priceOf(provider: string, model: string): ModelPrice | null;
  /** The highest of each kind in the map: what an unknown model costs, since it is never free. */
  readonly worst: TokenPrices;
}

const models: ReadonlyMap<string, ModelPrice> = new Map(Object.entries(map.models));

export const priceMap: PriceMap = {
  takenAt: map.takenAt,
  digest: digestOfValue(map),
  // Signs beyond ASCII that become one of its letters in lower case spell another name.
  priceOf: (provider, model) => (/^[ -~]*$/.test(`${provider}${model}`) ? (models.get(`${provider}/${model}`.toLowerCase()) ?? null) : null),
  worst: worstOf([...models.values()].flatMap((price) => [price, price.above ?? price])),
};

function worstOf(prices: readonly TokenPrices[]): TokenPrices {
  const most = (kind: keyof TokenPrices): number => Math.max(...prices.map((price) => price[kind]));
  return { input: most('input'), output: most('output'), cacheRead: most('cacheRead'), cacheCreation: most('cacheCreation') };
}
