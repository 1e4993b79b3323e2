import type { UsageSource } from '../../domain/usage/model-usage.ts';
import type { RepositoryNamed } from '../ports/store-search.ts';

/** Of which usage somebody asks; null: of all. */
export interface UsageAsked {
  readonly account: number;
  readonly repository: RepositoryNamed | null;
  /** Login. */
  readonly agent: string | null;
}

/** Which quarters of an hour are told: those that begin in a time, after a place in their order. */
export interface UsageRowsAsked extends UsageAsked {
  readonly source: UsageSource | null;
  readonly from: Date;
  readonly to: Date;
}
