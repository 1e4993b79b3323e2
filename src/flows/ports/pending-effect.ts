import type { Effect } from '../../domain/effect.ts';
import type { RepositoryRef } from '../../domain/repository.ts';

export interface PendingEffect {
  readonly effect: Effect;
  readonly repository: RepositoryRef;
  /** Groups effects that are performed in order: one head, or one pull request's comment. */
  readonly group: string;
  readonly evaluation: string;
  /** Whether a write may already have been made: read and adopt before writing. */
  readonly attempted: boolean;
  readonly externalId: number | null;
  /** Grows with each `request` that replaces the wanted state; a fresh state starts unattempted, unless a create without an answer may have been made. */
  readonly revision: number;
}
