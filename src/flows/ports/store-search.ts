import type { StoredEntry } from './audit-log.ts';
import type { DecisionRecord } from './decision-store.ts';

/** By number, or by `owner/name` in whatever case, as it was called then. */
export type RepositoryNamed = { readonly kind: 'id'; readonly id: number } | { readonly kind: 'name'; readonly name: string };

/** What entries are asked for; null asks for nothing of the kind. All of it has to hold. */
export interface EntryFilter {
  readonly repository: RepositoryNamed | null;
  readonly event: string | null;
  /** `user:<login>`, `app:<slug>`, `system` or `unknown`, in whatever case; one of several is enough. */
  readonly actor: string | null;
  readonly tier: number | null;
  /** As `SearchTerms.outcome` has it. */
  readonly outcome: string | null;
  /** Not before. */
  readonly from: Date | null;
  /** Before. */
  readonly to: Date | null;
}

export interface DecisionFilter {
  readonly repository: RepositoryNamed | null;
  readonly subject: string | null;
  readonly head: string | null;
}

/** The newest first. `below`: only what stands before this place; null begins. */
export interface SearchPage {
  readonly below: number | null;
  readonly limit: number;
}

/** A decision with its place among all of the store, which grows with time. */
export interface PlacedDecision {
  readonly place: number;
  readonly record: DecisionRecord;
}

/**
 * Finding what is kept. MUST answer by indexes: logs have millions of entries. Each answer is of one account, and of nothing else; what is
 * appended meanwhile changes no page that begins below a place.
 */
export interface StoreSearch {
  /** The newest first, their sequence is their place; with what opens actor and rationale, and without what opens payloads, which may be large. */
  entries(account: number, filter: EntryFilter, page: SearchPage): Promise<readonly StoredEntry[]>;
  /** By its id (UUID); null: the log has none of it. */
  entry(account: number, id: string): Promise<StoredEntry | null>;
  decisions(account: number, filter: DecisionFilter, page: SearchPage): Promise<readonly PlacedDecision[]>;
  decision(account: number, id: string): Promise<DecisionRecord | null>;
}
