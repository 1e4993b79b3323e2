/** All that a source gives; null as soon as that is more than so many bytes: the rest is not read. @throws what the source throws. */
export async function bytesWithin(most: number, source: AsyncIterable<Uint8Array> | null): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source ?? []) {
    length += piece.length;
    if (length > most) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
