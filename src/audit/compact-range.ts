import { emptyRoot, nodeHash } from './merkle-hash.ts';

/**
 * The roots of the perfect subtrees that cover a log from its start, largest first: all that is needed to extend the
 * log and to know its root. Grows with the logarithm of the size.
 */
export class CompactRange {
  readonly #peaks: Uint8Array[];
  #size: number;

  constructor(start?: CompactRange) {
    this.#peaks = start === undefined ? [] : [...start.#peaks];
    this.#size = start?.size ?? 0;
  }

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let node = leaf;
    for (let count = this.#size; count % 2 === 1; count = (count - 1) / 2) {
      const left = this.#peaks.pop();
      if (left !== undefined) node = nodeHash(left, node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (last === undefined) return emptyRoot;
    return this.#peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }
}
