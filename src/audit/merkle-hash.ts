import { hash } from 'node:crypto';

/** The root of a tree without leaves: SHA-256 of nothing (RFC 9162, 2.1.1). */
export const emptyRoot: Uint8Array = hash('sha256', '', 'buffer');

/** Hash of a leaf: SHA-256(0x00 ‖ leaf). A text stands for its UTF-8 bytes and must be well-formed. */
export function leafHash(leaf: Uint8Array | string): Uint8Array {
  return hash('sha256', typeof leaf === 'string' ? `\0${leaf}` : Buffer.concat([leafPrefix, leaf]), 'buffer');
}

/** Hash of two subtrees: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + hashLength);
  return hash('sha256', node, 'buffer');
}

export const hashLength = 32;

const leafPrefix = Uint8Array.of(0);
/** Reused for every node: one allocation less per leaf. */
const node = new Uint8Array(1 + 2 * hashLength);
node[0] = 1;
