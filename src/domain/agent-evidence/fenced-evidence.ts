/** An evidence document that stands in the body of a pull request. */
export interface FencedEvidence {
  readonly text: string;
  /** Of its first line in the body, 1-based. */
  readonly line: number;
  /** False: the fence does not end. */
  readonly isClosed: boolean;
}

const name = 'plumbline-evidence';
/** Runs are taken whole, and what follows in one piece: a line that nearly fits takes no longer than one that does. */
const opening = /^ {0,3}(`{3,}(?!`)|~{3,}(?!~))([^]*)$/;
/** What is no Markdown up to its end, which may stand in the line in which it begins (CommonMark, HTML blocks 1 and 2). */
const unread: readonly (readonly [begins: RegExp, ends: RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
];

/**
 * The blocks of a body that a fence of this name opens, as CommonMark reads fences at the left margin: what stands in another fence, in a quote or in a
 * comment is none. A fence ends with one of the same character that is at least as long.
 */
export function fencedEvidence(body: string): readonly FencedEvidence[] {
  const lines = body.split(/\r\n|\r|\n/);
  const found: FencedEvidence[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, ends] = unread.find(([begins]) => begins.test(line)) ?? [];
    if (ends !== undefined) {
      while (at < lines.length && !ends.test(lines[at] ?? '')) at += 1;
      continue;
    }
    const [, fence, info = ''] = opening.exec(line) ?? [];
    // What a fence of backticks is called has none in it: else it is code within a line.
    if (fence === undefined || (fence.startsWith('`') && info.includes('`'))) continue;
    const end = endOf(lines, at + 1, fence);
    if (info.trim().split(/\s/, 1)[0] === name) found.push({ text: lines.slice(at + 1, end).join('\n'), line: at + 2, isClosed: end < lines.length });
    at = end;
  }
  return found;
}

/** The line with which a fence ends, or the number of lines. */
function endOf(lines: readonly string[], from: number, fence: string): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line.length >= fence.length && line === fence.charAt(0).repeat(line.length) && /^ {0,3}\S/.test(lines[at] ?? '')) return at;
  }
  return lines.length;
}
