import type { LegalHold } from './retention-store.ts';

/** That a checkpoint was published where the server can not take it back. */
export interface AnchoredCheckpoint {
  /** Name of the anchor. */
  readonly anchor: string;
  readonly size: number;
  readonly at: Date;
  /** The signature line of a witness, with its end; null where the anchor gives none. */
  readonly cosignature: string | null;
}

/** How the server's own verification of a whole log ended last. */
export interface SelfAudit {
  readonly at: Date;
  readonly entries: number;
  /** Entries that a verified checkpoint covers. Of one that did not verify both are no less than before. */
  readonly sealed: number;
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
}

/** What a server that looked at its clock last left. */
export interface ClockSeen {
  readonly at: Date;
  /** Since when no look was far from the one before. */
  readonly steadySince: Date;
}

export interface AnchorState {
  readonly anchor: string;
  /** The newest checkpoint that it has, and since when. */
  readonly size: number;
  readonly at: Date;
  /** When the oldest checkpoint was sealed that it has not; null: it has the newest. */
  readonly behindSince: Date | null;
}

/** What is remembered of watching over the logs. None of it proves anything: the logs and the anchors do. */
export interface AuditWatch {
  /** Of whose logs anything is remembered here, ascending, also where the log is gone. */
  accounts(): Promise<readonly number[]>;
  /** The first and the newest checkpoint; null: none. */
  sealed(account: number): Promise<{ readonly first: Date; readonly newest: { readonly size: number; readonly at: Date } } | null>;
  /** Of each anchor that ever took a checkpoint. */
  anchored(account: number): Promise<readonly AnchorState[]>;
  /** A smaller or equal size than the anchor has changes nothing; a cosignature is kept once. */
  saveAnchored(account: number, anchored: AnchoredCheckpoint): Promise<void>;
  /** Those that stand, by their ids. */
  holds(account: number): Promise<readonly LegalHold[]>;
  /** Null: never. */
  selfAudit(account: number): Promise<SelfAudit | null>;
  /** In the place of the last one. */
  saveSelfAudit(account: number, audit: SelfAudit): Promise<void>;
  /** Of all servers on the store the last one; null: none has looked. */
  clockSeen(): Promise<ClockSeen | null>;
  /** In the place of the last one. */
  saveClockSeen(seen: ClockSeen): Promise<void>;
}
