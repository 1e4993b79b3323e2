import type { Sha, Tree } from '../../domain/tree.ts';

/** Three commits make a change, and its base is looked at again for the record. */
const mostTrees = 3;

/** The trees read last. One that is asked for while it is being read is read once. */
export class KeptTrees {
  readonly #trees = new Map<Sha, Promise<Tree>>();

  async read(commit: Sha, load: () => Promise<Tree>): Promise<Tree> {
    const known = this.#trees.get(commit);
    if (known !== undefined) return await known;
    const [oldest] = this.#trees.keys();
    if (oldest !== undefined && this.#trees.size === mostTrees) this.#trees.delete(oldest);
    const loading = load();
    this.#trees.set(commit, loading);
    try {
      return await loading;
    } catch (thrown) {
      // Trouble of the moment is not kept.
      this.#trees.delete(commit);
      throw thrown;
    }
  }
}
