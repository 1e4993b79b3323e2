/** How much JSON text may hold; levels of lists and objects inside each other, and values of any kind. */
export interface JsonBounds {
  readonly levels: number;
  readonly values?: number;
}

/**
 * Which bound JSON in UTF-8 is over, counted before it is parsed: a million brackets stop a parser, or what walks its result, for seconds, and
 * text that is small may be large in memory. Null for what is within all, and for what is no JSON it says something or other.
 */
export function jsonExcess(bytes: Uint8Array, { levels, values = Number.POSITIVE_INFINITY }: JsonBounds): 'levels' | 'values' | null {
  // Every value but the first follows a comma, a bracket or a brace; in UTF-8 no byte of a longer character looks like one.
  let [depth, count] = [0, 1];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === comma) count += 1;
    else if (byte === openBrace || byte === openBracket) [depth, count] = [depth + 1, count + 1];
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    if (depth > levels) return 'levels';
    if (count > values) return 'values';
  }
  return null;
}

/** The quote that ends the text that begins here; the end where none does. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return bytes.length;
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
