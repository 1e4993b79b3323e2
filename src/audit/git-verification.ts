/** What can be wrong with git, by what the log says. Names are stable. */
export type GitTamperReason = 'commit_gone' | 'file_changed' | 'content_changed' | 'released_changed' | 'released_removed';

export interface GitWrong {
  readonly reason: GitTamperReason;
  /** The entry that git contradicts. */
  readonly sequence: number;
  readonly message: string;
}

/** What comparing a repository with its log found out. */
export interface GitVerification {
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
  readonly repository: string;
  /** Releases whose commit, file and content git still holds. */
  readonly releases: number;
  /** Of these: those that stand at the tip of their branch, those that a later version replaced, and those that were retired and are gone. */
  readonly present: number;
  readonly replaced: number;
  readonly retired: number;
  readonly firstWrong: GitWrong | null;
  readonly notes: readonly string[];
}
