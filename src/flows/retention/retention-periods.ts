import type { RetentionClass } from '../../audit/retention-class.ts';

/** What is kept for a time of its own: the entries of a class, or what was judged (`inputs`), which stands beside its decision and is larger. */
export type RetentionKind = RetentionClass | 'inputs';

/** In days; null: for ever. What was judged MUST NOT be kept longer than its decisions. */
export type RetentionPeriods = Readonly<Record<RetentionKind, number | null>>;
