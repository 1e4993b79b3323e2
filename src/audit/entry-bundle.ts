/** What the length of a leaf in a bundle can say. */
export const longestLeaf = 65_535;

/** Leaves one after the other, each behind its length in two bytes, the higher first (C2SP tlog-tiles). @throws RangeError on a leaf that is longer. */
export function formatEntryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(leaves.flatMap((leaf) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(leaf.length);
    return [length, leaf];
  }));
}

/** The leaves of a bundle, however many there are; null when its end is cut. */
export function readEntryBundle(bytes: Uint8Array): readonly Uint8Array[] | null {
  const leaves: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (at + 2 > bytes.length) return null;
    const end = at + 2 + view.getUint16(at);
    if (end > bytes.length) return null;
    leaves.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
