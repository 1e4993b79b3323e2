import type { SearchPage } from './store-search.ts';

/** That somebody read something of an account. */
export interface ReadOfRecords {
  readonly account: number;
  /** `sub` of the token. */
  readonly subject: string;
  /** SHA-256 of the token, in hex: tells tokens apart, and is of no use to anybody. */
  readonly token: string;
  /** What was asked, without the place in its pages. */
  readonly query: string;
  readonly at: Date;
}

export interface PlacedRead extends ReadOfRecords {
  /** Grows with time. */
  readonly place: number;
}

/** Who read what: the second log. One entry for each account, token, query and hour; kept for a while, and never changed. */
export interface ReadLog {
  /** Keeps it, unless one of the same account, token, query and hour is kept. What can not be kept throws, and MUST not be answered. */
  record(read: ReadOfRecords): Promise<void>;
  /** Of one account, the newest first; `subject: null` of everybody. */
  reads(account: number, subject: string | null, page: SearchPage): Promise<readonly PlacedRead[]>;
}
