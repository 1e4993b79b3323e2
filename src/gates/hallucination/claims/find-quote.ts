import type { LineRange } from './cited-lines.ts';
import type { FoldedText } from './fold-text.ts';
import { occurrences } from './occurrences.ts';

/** How far beside the cited lines a quote may stand, since people and agents count lines badly. */
const besideLines = 5;
/** A text that stands as often as this in one file stands for no place in it. */
const often = 3;

/** `there`: at the cited lines, or anywhere where none are cited. `elsewhere`: in the same file, here nearest to them. */
export type QuoteStanding =
  | { readonly kind: 'there' | 'elsewhere'; readonly lines: LineRange; readonly isOften: boolean }
  | { readonly kind: 'absent' };

/** @param quote Folded like the file. */
export function findQuote(file: FoldedText, quote: string, cited: LineRange | null): QuoteStanding {
  const all = standings(file, quote);
  const isOften = all.length >= often;
  const [nearest] = cited === null ? all : all.toSorted((a, b) => distance(a, cited) - distance(b, cited));
  if (cited === null) return nearest === undefined ? { kind: 'absent' } : { kind: 'there', lines: nearest, isOften };
  const [within] = occurrences(file.text, quote, startOf(file, cited.start - besideLines), startOf(file, cited.end + besideLines + 1));
  if (within !== undefined) return { kind: 'there', lines: linesOf(file, within, quote.length), isOften };
  return nearest === undefined ? { kind: 'absent' } : { kind: 'elsewhere', lines: nearest, isOften };
}

/** In the order of the file, as many as matter: one could stand there a million times. */
const mostStandings = 1_000;

function standings(file: FoldedText, quote: string): readonly LineRange[] {
  const found: LineRange[] = [];
  for (const at of occurrences(file.text, quote, 0, file.text.length)) {
    found.push(linesOf(file, at, quote.length));
    if (found.length === mostStandings) break;
  }
  return found;
}

function distance(lines: LineRange, cited: LineRange): number {
  return Math.max(lines.start - cited.end, cited.start - lines.end, 0);
}

/** Where a line starts, which may be before the first or after the last one. */
function startOf({ starts }: FoldedText, line: number): number {
  return starts[Math.min(Math.max(line, 1), starts.length) - 1] ?? 0;
}

function linesOf(file: FoldedText, at: number, length: number): LineRange {
  return { start: lineAt(file, at), end: lineAt(file, at + length - 1) };
}

/** The last line that starts at an index or before it, by bisection. */
function lineAt({ starts }: FoldedText, index: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= index) low = middle;
    else high = middle;
  }
  return low + 1;
}
