const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A path as text. Git paths are bytes: what is not UTF-8 shows each offending byte as `\xHH`,
 * so that the file still matches its folder's globs and is judged, never lost.
 */
export function decodePath(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return escapeInvalid(bytes);
  }
}

function escapeInvalid(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    text += length === 0 ? `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}` : strict.decode(bytes.subarray(at, at + length));
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the valid character that starts here, 0 when none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    try {
      strict.decode(bytes.subarray(at, at + length));
      return length;
    } catch {
      // Not a whole character yet.
    }
  }
  return 0;
}
