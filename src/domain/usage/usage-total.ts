import type { UsageSource } from './model-usage.ts';

/** Usage of one model, by one source, of an agent in a repository, over a time. */
export interface UsageOfModel {
  readonly repositoryId: number;
  /** Login in lower case. */
  readonly agent: string;
  readonly source: UsageSource;
  readonly provider: string;
  readonly model: string;
  readonly isPriced: boolean;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly tokens: bigint;
  /** Pico-dollars. */
  readonly cost: bigint;
}

/** Of an agent in all repositories, over a time. What has no known price is one model without names, since evidence may call it anything; the names of others are in lower case. */
export type UsageOfAgent = Omit<UsageOfModel, 'repositoryId'>;

/** Within a quarter of an hour. */
export interface UsageTotal extends UsageOfModel {
  /** Its beginning. */
  readonly from: Date;
}
