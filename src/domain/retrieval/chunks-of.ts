import type { TextKind } from '../support/text-kind.ts';

/** Lines of a text that are found together: 1-based, both ends in it. */
export interface ChunkLines {
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines of one chunk at most, and from how many on one ends where the text does. */
const most: Readonly<Record<TextKind, { readonly lines: number; readonly enough: number }>> = { code: { lines: 40, enough: 12 }, prose: { lines: 30, enough: 6 } };

/** Cuts a text where it ends something: prose before headings and after paragraphs, code at blank lines before something that begins at the margin. */
export function chunksOf(lines: readonly string[], kind: TextKind): readonly ChunkLines[] {
  const { lines: longest, enough } = most[kind];
  const chunks: ChunkLines[] = [];
  let start = 0;
  for (let next = 1; next <= lines.length; next += 1) {
    const length = next - start;
    const isCut = next === lines.length || length >= longest || (kind === 'prose' && isHeading(lines[next])) || (length >= enough && endsAt(lines, next, kind));
    if (!isCut) continue;
    chunks.push(...withoutBlanks(lines, start, next));
    start = next;
  }
  return chunks;
}

/** From its first line with anything to its last; nothing where it has none. */
function withoutBlanks(lines: readonly string[], start: number, end: number): readonly ChunkLines[] {
  const part = lines.slice(start, end);
  const first = part.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : [{ startLine: start + first + 1, endLine: start + part.findLastIndex((line) => line.trim() !== '') + 1 }];
}

function isHeading(line = ''): boolean {
  return /^#{1,6}\s/.test(line);
}

function endsAt(lines: readonly string[], next: number, kind: TextKind): boolean {
  if (lines[next - 1]?.trim() !== '') return false;
  return kind === 'prose' || /^\S/.test(lines[next] ?? '');
}
