/**
 * A UUID of version 7: 48 bits of Unix milliseconds, then 74 random bits (RFC 9562, 5.7).
 * Sorts by time; two of one millisecond differ by chance alone.
 */
export function uuidV7(at: Date, random: Uint8Array): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const bytes = Buffer.from(random.subarray(0, 10));
  bytes[0] = 0x70 | ((bytes[0] ?? 0) & 0x0f);
  bytes[2] = 0x80 | ((bytes[2] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}
