import type { CheckRunAnswer } from '../../domain/agent-evidence/check-run-answer.ts';
import type { BlobContent, ProtectionAnswer } from '../../domain/probe-answer.ts';
import type { CitingRange } from '../../domain/probe-request.ts';
import type { Sha, Tree } from '../../domain/tree.ts';

/** Git objects of one repository, from GitHub or from a local object database. Commits and blobs never change: cache them. */
export interface ObjectSource {
  /** The best common ancestor. MUST throw SNAPSHOT_UNREADABLE when history is too shallow to know. */
  mergeBase(base: Sha, head: Sha): Promise<Sha>;
  /** All paths of a commit. `complete: false` when a limit was met. */
  tree(commit: Sha): Promise<Tree>;
  /** Contents by object name, each verified against its name. A missing one MUST throw, never be left out. */
  blobs(wanted: readonly { readonly blob: Sha; readonly size: number | null }[]): Promise<ReadonlyMap<Sha, BlobContent>>;
  /** What stands at a path of each commit, null where nothing does; in order, batched (GraphQL `object(expression)`, `cat-file --batch-check`). */
  namesAt(wanted: readonly { readonly commit: Sha; readonly path: string }[], how?: HowToName): Promise<readonly (NamedObject | null)[]>;
  /** First-parent history, newest first, starting with `from` itself. */
  history(from: Sha, page: { readonly limit: number }): Promise<HistoryPage>;
  /**
   * Whether commits are on a protected ref or in its history, in order; left out by what can not tell. The branch that people who may not
   * merge can push to MUST NOT count, nor a commit that only a fork has, though GitHub shows it; what can not be told MUST throw.
   */
  protectionOf?(commits: readonly Sha[], range: CitingRange): Promise<readonly ProtectionAnswer[]>;
  /**
   * What a check run of the repository says, read anew; left out by what asks no GitHub. One of another repository MUST be `absent`. Throws for
   * whatever another attempt may tell.
   */
  checkRun?(id: number): Promise<Exclude<CheckRunAnswer, { readonly kind: 'left' }>>;
}

/** `tellsModes`: links and submodules are told however many paths are asked for, at a higher price. */
export interface HowToName {
  readonly tellsModes: boolean;
}

/**
 * Only a `blob` has a file's content. A `link` and a submodule (`commit`) are told for up to four paths in one call, and where it is asked
 * for; among more a link may be called a blob, and a submodule null.
 */
export interface NamedObject {
  readonly name: Sha;
  readonly kind: 'blob' | 'link' | 'tree' | 'commit';
}

export interface HistoryPage {
  readonly commits: readonly FirstParentCommit[];
  /** Where to go on; null when the root was reached. A shallow boundary MUST throw SNAPSHOT_UNREADABLE. */
  readonly next: Sha | null;
}

export interface FirstParentCommit {
  readonly sha: Sha;
  /** The first; null for a root. */
  readonly parent: Sha | null;
  readonly tree: Sha;
}
