import type { JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';

/** JSON with comments and commas before an end, as `tsconfig.json` has them; undefined for any other text. In one pass: the text may be hostile. */
export function readJsonc(text: string): JsonValue | undefined {
  const pieces: string[] = [];
  // A comma waits until it is known that something follows it.
  let comma = '';
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    const piece = text.slice(at, end);
    at = end;
    if (/^(?:\/[/*]|\s)/.test(piece)) continue;
    if (piece === ',') {
      pieces.push(comma);
      comma = ',';
      continue;
    }
    if (piece !== ']' && piece !== '}') pieces.push(comma);
    comma = '';
    pieces.push(piece);
  }
  return parseJson([...pieces, comma].join(''));
}

/** Of a text, a comment, blanks, or anything else up to one of these. */
function endOfPiece(text: string, start: number): number {
  const first = text[start] ?? '';
  if (first === '"') return endOfText(text, start);
  if (text.startsWith('//', start)) return indexOr(text, '\n', start);
  if (text.startsWith('/*', start)) return indexOr(text, '*/', start + 2) + 2;
  if (/[,[\]{}:/]/.test(first)) return start + 1;
  const isBlank = /\s/.test(first);
  let end = start + 1;
  while (end < text.length && (isBlank ? /\s/.test(text[end] ?? '') : !/[\s",[\]{}:/]/.test(text[end] ?? ''))) end += 1;
  return end;
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function indexOr(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found === -1 ? text.length : found;
}
