import type { BlobContent, ProtectionAnswer } from '../../domain/probe-answer.ts';
import type { CitingRange } from '../../domain/probe-request.ts';
import { limits } from '../../domain/limits.ts';
import type { Sha, Tree } from '../../domain/tree.ts';
import type { HistoryPage, HowToName, NamedObject, ObjectSource } from '../../flows/ports/object-source.ts';
import { BlobReader } from './blob-reader.ts';
import { readCommitHands } from './commit-hands.ts';
import type { CommitHands } from './commit-hands.ts';
import { readProtection } from './commit-protection.ts';
import { HistoryReader } from './history.ts';
import { readMergeBase } from './merge-base.ts';
import { readNamesAt } from './names-at.ts';
import { parseTree } from './parse-tree.ts';
import { KeptBlobs } from './kept-blobs.ts';
import { KeptTrees } from './kept-trees.ts';
import { findBranchNamed, findDefaultBase, listBranches, readOrigin, resolveRef } from './refs.ts';
import type { DefaultBase, Origin } from './refs.ts';
import { openLayout } from './layout.ts';
import type { Layout } from './layout.ts';
import { demandGit } from './run-git.ts';
import { captureWorktree } from './worktree.ts';
import type { CapturedWorktree } from './worktree.ts';

/**
 * A repository on this disk, read through the `git` program. Nothing that it contains is executed, and nothing in it is
 * written: not the index, not the refs, not the object database. Call `close` when done.
 */
export interface LocalRepository extends ObjectSource {
  /** Of the default branch alone, as `defaultBase` finds it: which branches GitHub protects is not known here. Where there is none, the base that was named counts. */
  protectionOf(commits: readonly Sha[], range: CitingRange): Promise<readonly ProtectionAnswer[]>;
  /** Top of the working tree; the git directory of a bare repository. */
  readonly root: string;
  /** What the commits from the base to the head say themselves of whose hand is in them. */
  commitHands(base: Sha, head: Sha): Promise<readonly CommitHands[]>;
  /** The commit that a name stands for. Throws USAGE when there is none. */
  resolve(ref: string): Promise<Sha>;
  /** A commit on HEAD that holds the working tree: tracked files as they stand, and untracked ones that are not ignored. */
  worktreeCommit(): Promise<Sha>;
  /** What `--base` defaults to: origin/HEAD, else main, else master; null when there is none of them. */
  defaultBase(): Promise<DefaultBase | null>;
  /** The branch that a name stands for, as GitHub calls it; null when it is no branch. */
  branchNamed(ref: string): Promise<string | null>;
  /** Those of `origin`; where it has none, the local ones. */
  branches(): Promise<readonly { readonly name: string; readonly sha: Sha }[]>;
  /** Owner and name as the URL of the remote `origin` states them; null when it does not. */
  origin(): Promise<Origin | null>;
  close(): Promise<void>;
}

export async function openLocalRepository(directory: string): Promise<LocalRepository> {
  return new GitRepository(await openLayout(directory));
}

class GitRepository implements LocalRepository {
  readonly root: string;
  readonly #layout: Layout;
  #worktree: CapturedWorktree | null = null;
  #reader: BlobReader | null = null;
  readonly #history = new HistoryReader();
  readonly #kept = new KeptBlobs();
  readonly #trees = new KeptTrees();

  constructor(layout: Layout) {
    this.root = layout.root;
    this.#layout = layout;
  }

  async resolve(ref: string): Promise<Sha> {
    return await resolveRef(this.root, ref);
  }

  async defaultBase(): Promise<DefaultBase | null> {
    return await findDefaultBase(this.root);
  }

  async branchNamed(ref: string): Promise<string | null> {
    return await findBranchNamed(this.root, ref);
  }

  async branches(): Promise<readonly { readonly name: string; readonly sha: Sha }[]> {
    return await listBranches(this.root);
  }

  async origin(): Promise<Origin | null> {
    return await readOrigin(this.root);
  }

  async mergeBase(base: Sha, head: Sha): Promise<Sha> {
    return await readMergeBase(this.#view(), base, head);
  }

  async tree(commit: Sha): Promise<Tree> {
    return await this.#trees.read(commit, async () => parseTree(commit, await demandGit({ ...this.#view(), arguments: ['ls-tree', '-r', '-z', '-l', '--full-tree', commit] })));
  }

  async blobs(wanted: readonly { readonly blob: Sha; readonly size: number | null }[]): Promise<ReadonlyMap<Sha, BlobContent>> {
    const found = new Map<Sha, BlobContent>();
    const unread = new Set<Sha>();
    for (const { blob, size } of wanted) {
      const known = this.#worktree?.contents.get(blob) ?? this.#kept.find(blob);
      if (known !== undefined) found.set(blob, known);
      else if (size !== null && size > limits.fileBytes) found.set(blob, { kind: 'too-large', size });
      else unread.add(blob);
    }
    if (unread.size === 0) return found;
    this.#reader ??= new BlobReader(this.root);
    for (const [blob, content] of await this.#reader.read([...unread])) {
      this.#kept.keep(blob, content);
      found.set(blob, content);
    }
    return found;
  }

  async namesAt(wanted: readonly { readonly commit: Sha; readonly path: string }[], how?: HowToName): Promise<readonly (NamedObject | null)[]> {
    return await readNamesAt(this.#view(), wanted, how);
  }

  async protectionOf(commits: readonly Sha[], range: CitingRange): Promise<readonly ProtectionAnswer[]> {
    return await readProtection(this.#view(), commits, range);
  }

  async history(from: Sha, page: { readonly limit: number }): Promise<HistoryPage> {
    return await this.#history.read(this.#view(), from, page.limit);
  }

  async commitHands(base: Sha, head: Sha): Promise<readonly CommitHands[]> {
    return await readCommitHands(this.#view(), base, head);
  }

  async worktreeCommit(): Promise<Sha> {
    this.#worktree ??= await captureWorktree(this.#layout);
    return this.#worktree.commit;
  }

  async close(): Promise<void> {
    this.#reader?.close();
    this.#reader = null;
    await this.#worktree?.discard();
    this.#worktree = null;
  }

  /** Where git looks for objects: with the captured working tree's, once there is one. */
  #view(): { readonly directory: string; readonly environment: Readonly<Record<string, string>>; readonly shallow: string } {
    return { directory: this.root, environment: this.#worktree?.environment ?? {}, shallow: this.#layout.shallow };
  }
}
