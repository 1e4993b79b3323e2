/**
 * The y coordinates of the Ed25519 points whose order divides 8, little-endian and without the sign of x: 0, 1, p-1, the
 * two of order 8, and the two that are written unreduced, p and p+1 (RFC 8032 section 5.1.3 refuses those, some libraries do not).
 */
const coordinates: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]);

/** For such a public key a signature that fits many messages is known to everybody. */
export function isSmallOrderPoint(x: Uint8Array): boolean {
  const copy = Buffer.from(x);
  copy[31] = (copy[31] ?? 0) & 0x7f;
  return coordinates.has(copy.toString('hex'));
}
