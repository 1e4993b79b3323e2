import { emptyRoot, hashLength, nodeHash } from './merkle-hash.ts';
import { sameBytes } from './same-bytes.ts';

export interface Inclusion {
  /** 0-based. */
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
}

/** Whether the proof shows that the leaf stands at its index in the tree (RFC 9162, 2.1.3.2). */
export function provesInclusion(claim: Inclusion, proof: readonly Uint8Array[]): boolean {
  if (!isSize(claim.index) || !isSize(claim.size) || claim.index >= claim.size) return false;
  if (!areHashes([claim.leafHash, claim.root, ...proof])) return false;
  const walk = new Walk(claim.index, claim.size - 1);
  let node = claim.leafHash;
  for (const sibling of proof) {
    if (walk.isAtRoot) return false;
    node = walk.isRight ? nodeHash(sibling, node) : nodeHash(node, sibling);
    walk.up();
  }
  return walk.isAtRoot && sameBytes(node, claim.root);
}

export interface Consistency {
  readonly first: { readonly size: number; readonly root: Uint8Array };
  readonly second: { readonly size: number; readonly root: Uint8Array };
}

/**
 * Whether the proof shows that the first tree is a prefix of the second (RFC 9162, 2.1.4.2). An empty first tree is a
 * prefix of everything, which proves nothing: only the equal empty tree is accepted.
 */
export function provesConsistency({ first, second }: Consistency, proof: readonly Uint8Array[]): boolean {
  if (!isSize(first.size) || !isSize(second.size) || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && sameBytes(first.root, second.root) && isPossible(first);
  if (first.size === 0 || !areHashes([first.root, second.root, ...proof])) return false;
  const path = Number.isInteger(Math.log2(first.size)) ? [first.root, ...proof] : proof;
  return joins({ first, second }, path);
}

function joins({ first, second }: Consistency, [start, ...rest]: readonly Uint8Array[]): boolean {
  if (start === undefined) return false;
  const walk = new Walk(first.size - 1, second.size - 1);
  walk.skipRightTurns();
  let [old, grown] = [start, start];
  for (const sibling of rest) {
    if (walk.isAtRoot) return false;
    if (walk.isRight) [old, grown] = [nodeHash(sibling, old), nodeHash(sibling, grown)];
    else grown = nodeHash(grown, sibling);
    walk.up();
  }
  return walk.isAtRoot && sameBytes(old, first.root) && sameBytes(grown, second.root);
}

/** Where a node and the last node of its level stand, from leaf to root. Arithmetic, not bit operators: those end at 32 bits. */
class Walk {
  #node: number;
  #last: number;

  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  get isAtRoot(): boolean {
    return this.#last === 0;
  }

  /** Whether the next sibling is on the left. */
  get isRight(): boolean {
    return this.#node % 2 === 1 || this.#node === this.#last;
  }

  up(): void {
    if (this.isRight) while (this.#node % 2 === 0 && this.#node !== 0) this.#halve();
    this.#halve();
  }

  skipRightTurns(): void {
    while (this.#node % 2 === 1) this.#halve();
  }

  #halve(): void {
    this.#node = Math.floor(this.#node / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashLength);
}

/** Only one empty tree exists. */
function isPossible(tree: Consistency['first']): boolean {
  return tree.size > 0 || sameBytes(tree.root, emptyRoot);
}
