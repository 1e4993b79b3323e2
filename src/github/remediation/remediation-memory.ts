import type { Sha } from '../../domain/tree.ts';
import { flagAt, numberAt, optionalShaAt, optionalTextAt, shaAt, textAt, valueAt } from '../answer.ts';

/** What a read told that the writes after it go by: node ids, trees of commits, how the repository merges. */
export class RemediationMemory {
  readonly #slug: string;
  readonly #trees = new Map<Sha, Sha>();
  readonly #pullRequests = new Map<number, string>();
  repositoryId: string | null = null;
  /** Null when the repository does not let pull requests merge by themselves. */
  mergeMethod: 'MERGE' | 'SQUASH' | 'REBASE' | null = null;

  constructor(slug: string) {
    this.#slug = slug;
  }

  /** Whether an actor is our App: slugs of Apps are unique, and no person is a bot. */
  isUs(actor: unknown): boolean {
    return optionalTextAt(actor, ['__typename']) === 'Bot' && optionalTextAt(actor, ['login'])?.replace(/\[bot\]$/, '') === this.#slug;
  }

  learnRepository(repository: unknown): void {
    this.repositoryId = textAt(repository, ['id']);
    const methods = [['mergeCommitAllowed', 'MERGE'], ['squashMergeAllowed', 'SQUASH'], ['rebaseMergeAllowed', 'REBASE']] as const;
    const method = methods.find(([member]) => flagAt(repository, [member]));
    this.mergeMethod = flagAt(repository, ['autoMergeAllowed']) ? (method?.[1] ?? null) : null;
  }

  learnCommit(commit: unknown): void {
    const tree = optionalShaAt(commit, ['tree', 'oid']);
    if (tree !== null) this.#trees.set(shaAt(commit, ['oid']), tree);
  }

  learnPullRequest(node: unknown): void {
    this.#pullRequests.set(numberAt(node, ['number']), textAt(node, ['id']));
  }

  /** @param body As REST answers: the node's id stands under another name. */
  learnCreated(body: unknown): void {
    const id = valueAt(body, ['node_id']);
    if (typeof id === 'string') this.#pullRequests.set(numberAt(body, ['number']), id);
  }

  treeOf(commit: Sha): Sha | null {
    return this.#trees.get(commit) ?? null;
  }

  pullRequestId(number: number): string | null {
    return this.#pullRequests.get(number) ?? null;
  }
}
