import type { FoldedText } from './fold-text.ts';

/** The text of a file that shares most words with a quote. A hint for people: it proves nothing. */
export interface NearestText {
  /** 1-based. */
  readonly line: number;
  /** Folded, cut to a line that can be shown. */
  readonly text: string;
}

/** So much of what is found is shown. */
const mostShown = 160;
/** Lines of a quote that are slid over the file; a longer one is told by its beginning. */
const mostLines = 40;
const leastShare = 0.5;

const words = /[\p{L}\p{N}_$]+/gu;

/**
 * The run of lines with most words of the quote, counted as often as the quote has them; null when none has half of them. Linear: each
 * line comes into the run once and leaves it once.
 * @param lines How many lines the quote has. @param room How many characters of the file are looked through.
 */
export function nearestText(file: FoldedText, quote: string, { lines, room }: { readonly lines: number; readonly room: number }): NearestText | null {
  const wanted = countsOf(quote.match(words) ?? []);
  const total = [...wanted.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const height = Math.min(Math.max(lines, 1), mostLines);
  const read = linesOf(file, room);
  const best = bestRun(read, wanted, height);
  if (best === null || best.shared / total < leastShare) return null;
  const ahead = read.slice(best.line).findIndex((line) => line.some((one) => wanted.has(one)));
  const first = best.line + Math.max(ahead, 0);
  const [start = 0, end = 0] = [file.starts[first], file.starts[Math.min(first + height, file.starts.length - 1)]];
  return { line: first + 1, text: shown(file.text.slice(start, end).trim()) };
}

interface Run {
  /** 0-based. */
  readonly line: number;
  readonly shared: number;
}

function bestRun(lines: readonly (readonly string[])[], wanted: ReadonlyMap<string, number>, height: number): Run | null {
  const inRun = new Map<string, number>();
  let shared = 0;
  let best: Run | null = null;
  const step = (line: readonly string[] | undefined, by: 1 | -1): void => {
    for (const one of line ?? []) {
      const limit = wanted.get(one);
      if (limit === undefined) continue;
      const before = inRun.get(one) ?? 0;
      inRun.set(one, before + by);
      shared += Math.min(before + by, limit) - Math.min(before, limit);
    }
  };
  for (const [index, line] of lines.entries()) {
    step(line, 1);
    if (index >= height) step(lines[index - height], -1);
    const start = Math.max(0, index - height + 1);
    if (shared > (best?.shared ?? 0)) best = { line: start, shared };
  }
  return best;
}

function linesOf({ text, starts }: FoldedText, room: number): readonly (readonly string[])[] {
  const within = starts.filter((start) => start <= room);
  return within.slice(0, -1).map((start, index) => text.slice(start, Math.min(within[index + 1] ?? text.length, room)).match(words) ?? []);
}

function countsOf(found: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of found) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function shown(text: string): string {
  const points = Array.from(text.slice(0, mostShown * 2));
  return points.length <= mostShown ? points.join('') : `${points.slice(0, mostShown - 1).join('')}…`;
}
