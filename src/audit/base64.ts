/**
 * Strictly reads standard base64 (RFC 4648, 4): padded, no blanks, no spare bits. Each byte string has exactly one
 * spelling, so that no character of a signature or an export can change unseen. Null when it is not.
 */
export function bytesOfBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

export function base64Of(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('base64');
}
