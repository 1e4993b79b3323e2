/** Who says so: the agent itself, a proxy between it and the model, or whoever runs the model. Each is kept apart. */
export const usageSources = ['self', 'proxy', 'provider'] as const;

export type UsageSource = (typeof usageSources)[number];

/** What a call of a model used up, or several calls of one model together. */
export interface ModelUsage {
  readonly source: UsageSource;
  /** As `gen_ai.provider.name` and `gen_ai.request.model` of OpenTelemetry name them. */
  readonly provider: string;
  readonly model: string;
  /** All of them, those of a cache included. Whole numbers of at least 0, as all counts here. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  /** Pico-dollars that its source states; null: none. */
  readonly statedCost: bigint | null;
}
