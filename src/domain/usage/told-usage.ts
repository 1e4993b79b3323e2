import type { UsageSource } from './model-usage.ts';

/** Amounts as digits, since no JSON number holds them safely: of tokens and of pico-dollars. */
export interface ToldAmount {
  readonly tokens: string;
  readonly costPicoUsd: string;
}

/** A repository as far as it is known here; `name` null: nothing of it was judged or is scanned any more. */
export interface ToldRepository {
  readonly id: number;
  readonly name: string | null;
}

/** Usage of one model, by one source, as programs and people read it. Names are hostile: evidence says them. */
export interface ToldModelUsage extends ToldAmount {
  readonly repository: ToldRepository;
  readonly agent: string;
  readonly source: UsageSource;
  readonly provider: string;
  readonly model: string;
  readonly isPriced: boolean;
  readonly inputTokens: string;
  readonly outputTokens: string;
  readonly cacheReadTokens: string;
  readonly cacheCreationTokens: string;
}

/** Within a quarter of an hour: ISO 8601. */
export interface ToldUsage extends ToldModelUsage {
  readonly from: string;
}

/** What an agent, a repository or the whole account used: what each source says, and what counts. */
export interface ToldSum {
  readonly counted: ToldAmount;
  readonly bySource: Readonly<Record<UsageSource, ToldAmount>>;
}

/** A limit in the window that runs. */
export interface ToldWindow {
  readonly scope: string;
  readonly subject: string;
  readonly measure: string;
  readonly period: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly limit: string;
  readonly used: string;
  readonly left: string;
  readonly state: string;
}

/** What agents of an account used over a time, and how far their quotas are used up now. */
export interface UsageOverview {
  readonly from: string;
  readonly to: string;
  readonly total: ToldSum;
  readonly agents: readonly (ToldSum & { readonly agent: string })[];
  readonly repositories: readonly (ToldSum & { readonly repository: ToldRepository })[];
  readonly models: readonly ToldModelUsage[];
  readonly windows: readonly ToldWindow[];
  /** How many of each are there and not told, the ones that used least. */
  readonly untold: { readonly agents: number; readonly repositories: number; readonly windows: number };
}
