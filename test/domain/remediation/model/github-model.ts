import type { Digest } from '../../../../src/domain/digest.ts';
import type { Sha } from '../../../../src/domain/tree.ts';

export interface ModelCommit {
  readonly parents: readonly Sha[];
  readonly by: 'us' | 'human';
}

export interface ModelPullRequest {
  readonly number: number;
  branch: string;
  base: string;
  head: Sha;
  readonly fingerprint: Digest;
  state: 'open' | 'closed' | 'merged';
  by: 'human' | 'us' | 'unknown';
  at: number;
  queued: boolean;
  /** Its text; null where only what it tells is modelled. */
  body: string | null;
  /** Of which commit and plan it tells; null: as people wrote it. */
  told: { readonly head: Sha; readonly plan: Digest } | null;
  /** The lease that a worker held when a person reopened it; null where nobody did. */
  reopenedUnder: number | null;
  /** Whether a person reopened it, and nobody was told. */
  isReopened: boolean;
}

/** What GitHub refuses: the compare of a compare-and-swap, or what is there already. */
export class Refusal extends Error {}

/**
 * As much of GitHub as remediation writes to. Each method is one atomic request. It watches over what must never happen, whoever asks
 * for it: a commit of people that no branch holds after a write of ours, a push that is not one onto what was named.
 */
export class GitHubModel {
  readonly commits = new Map<Sha, ModelCommit>();
  readonly branches = new Map<string, Sha>();
  readonly pulls: ModelPullRequest[] = [];
  now = Date.parse('2026-11-20T00:00:00Z');
  base: Sha;
  #made = 0;

  constructor() {
    this.base = this.commit([], 'human');
  }

  commit(parents: readonly Sha[], by: 'us' | 'human'): Sha {
    this.#made += 1;
    const sha = this.#made.toString(16).padStart(40, '0');
    this.commits.set(sha, { parents, by });
    return sha;
  }

  createBranch(name: string, tip: Sha): void {
    const clash = [...this.branches.keys()].some((other) => other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`));
    if (clash) throw new Refusal('exists');
    this.branches.set(name, tip);
  }

  append(name: string, before: Sha, after: Sha): void {
    if (this.branches.get(name) !== before) throw new Refusal('moved');
    if (!this.reachable([after]).has(before)) throw new Error('a push of ours rewrote history');
    this.#losesNothing(name, () => this.#move(name, after));
  }

  /** Closes what is open from it, as GitHub does. */
  deleteBranch(name: string, before: Sha): void {
    if (this.branches.get(name) !== before) throw new Refusal('moved');
    this.#losesNothing(name, () => this.remove(name, 'us'));
  }

  openPull(branch: string, base: string, fingerprint: Digest, told: ModelPullRequest['told'] = null): number {
    const head = this.branches.get(branch);
    if (head === undefined || this.pulls.some((one) => one.state === 'open' && one.branch === branch && one.base === base)) throw new Refusal('no branch, or one is open');
    const number = this.pulls.length + 1;
    this.pulls.push({ number, branch, base, head, fingerprint, state: 'open', by: 'us', at: this.now, queued: false, body: null, told, reopenedUnder: null, isReopened: false });
    return number;
  }

  close(number: number, by: 'us' | 'human' | 'unknown'): void {
    const one = this.pull(number);
    if (one.state === 'open') Object.assign(one, { state: 'closed', by, at: this.now, queued: false });
  }

  reopen(number: number): void {
    const one = this.pull(number);
    const isTaken = this.pulls.some((other) => other.state === 'open' && other.branch === one.branch && other.base === one.base);
    if (one.state !== 'closed' || isTaken || this.branches.get(one.branch) !== one.head) throw new Refusal('can not be reopened');
    one.state = 'open';
  }

  pull(number: number): ModelPullRequest {
    const one = this.pulls[number - 1];
    if (one === undefined) throw new Refusal('no such pull request');
    return one;
  }

  /** What a person does to a branch. */
  humanMove(name: string, tip: Sha): void {
    this.#move(name, tip);
  }

  remove(name: string, by: 'us' | 'human'): void {
    this.branches.delete(name);
    for (const one of this.pulls) if (one.branch === name) this.close(one.number, by);
  }

  merge(one: ModelPullRequest): void {
    this.base = this.commit([this.base, one.head], 'human');
    Object.assign(one, { state: 'merged', at: this.now, queued: false });
  }

  reachable(from: readonly Sha[]): ReadonlySet<Sha> {
    const seen = new Set<Sha>();
    const left = [...from];
    for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
      if (seen.has(sha)) continue;
      seen.add(sha);
      left.push(...(this.commits.get(sha)?.parents ?? []));
    }
    return seen;
  }

  /** Commits of people that came to a branch, and are not in the base. */
  people(tip: Sha): readonly Sha[] {
    const inBase = this.reachable([this.base]);
    return [...this.reachable([tip])].filter((sha) => this.commits.get(sha)?.by === 'human' && !inBase.has(sha));
  }

  #move(name: string, tip: Sha): void {
    this.branches.set(name, tip);
    for (const one of this.pulls) if (one.branch === name && one.state === 'open') one.head = tip;
  }

  #losesNothing(name: string, write: () => void): void {
    const tip = this.branches.get(name);
    const people = tip === undefined ? [] : this.people(tip);
    write();
    const kept = this.reachable([...this.branches.values(), this.base]);
    if (people.some((sha) => !kept.has(sha))) throw new Error('a commit of people was lost');
  }
}
