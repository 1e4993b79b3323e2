import type { CountedUsage } from './counted-usage.ts';
import type { UsageAmount } from './charge-of.ts';

interface AmountTold {
  /** Digits. */
  readonly tokens: string;
  /** Digits, of pico-dollars. */
  readonly cost: string;
}

/** What a window has used up, as it is recorded beside a decision, so that it can be judged again. */
export type UsageAnswer =
  | {
      readonly kind: 'counted';
      readonly others: AmountTold;
      readonly self: AmountTold;
      readonly proxy: AmountTold;
      readonly provider: AmountTold;
      /** Whether what the evidence states is part of it, or of an earlier window. */
      readonly isCharged: boolean;
    }
  /** Nobody counts here: it is left to the App. */
  | { readonly kind: 'left' };

export function usageAnswer({ others, own }: CountedUsage, isCharged: boolean): UsageAnswer {
  return { kind: 'counted', others: written(others), self: written(own.self), proxy: written(own.proxy), provider: written(own.provider), isCharged };
}

export function usageTold({ others, self, proxy, provider }: Extract<UsageAnswer, { readonly kind: 'counted' }>): CountedUsage {
  return { others: read(others), own: { self: read(self), proxy: read(proxy), provider: read(provider) } };
}

function written({ tokens, cost }: UsageAmount): AmountTold {
  return { tokens: String(tokens), cost: String(cost) };
}

function read({ tokens, cost }: AmountTold): UsageAmount {
  return { tokens: BigInt(tokens), cost: BigInt(cost) };
}
