/**
 * ECDSA signatures on P-256 have two encodings. Inside there is one: IEEE P1363, r ‖ s of 32 bytes each, which JOSE uses too (RFC 7518, 3.4).
 * This reads the other one, the DER SEQUENCE of two INTEGERs (RFC 3279, 2.2.3), as services answer it. Strict: each pair has one DER
 * spelling, and everything else is null. So are zero and what needs more than 32 bytes, which no signature has.
 */
export function p1363OfDer(der: Uint8Array): Uint8Array | null {
  if (der[0] !== sequence || der[1] !== der.length - 2 || der.length > longestDer) return null;
  const r = readInteger(der, 2);
  const s = r === null ? null : readInteger(der, r.end);
  if (r === null || s === null || s.end !== der.length) return null;
  const out = new Uint8Array(2 * size);
  out.set(r.bytes, size - r.bytes.length);
  out.set(s.bytes, 2 * size - s.bytes.length);
  return out;
}

/** A positive INTEGER without a byte to spare, as its magnitude. */
function readInteger(der: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } | null {
  const length = der[at + 1];
  if (der[at] !== integer || length === undefined || length === 0 || length > size + 1 || at + 2 + length > der.length) return null;
  const bytes = der.subarray(at + 2, at + 2 + length);
  const [first = 0, second = 0] = bytes;
  if (first >= 0x80) return null;
  if (first === 0 && (length === 1 || second < 0x80)) return null;
  const magnitude = first === 0 ? bytes.subarray(1) : bytes;
  return magnitude.length > size ? null : { bytes: magnitude, end: at + 2 + length };
}

const sequence = 0x30;
const integer = 0x02;
const size = 32;
const longestDer = 2 + 2 * (2 + size + 1);
