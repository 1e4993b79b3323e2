import { changedLines } from './changed-lines.ts';
import type { LineChange } from './changed-lines.ts';

/** One file before and after; null: there is none. */
export interface DiffedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Lines of context around a change. */
const context = 3;

/** The change of one file in the unified format, raw, as `git apply` takes it where the path needs no quotes. Empty where nothing changes. */
export function unifiedDiff({ path, before, after }: DiffedFile): string {
  if (before === after) return '';
  const [from, to] = [before === null ? '/dev/null' : `a/${path}`, after === null ? '/dev/null' : `b/${path}`];
  const hunks = hunksOf(changedLines(linesOf(before ?? ''), linesOf(after ?? '')));
  return [`--- ${from}`, `+++ ${to}`, ...hunks].join('\n').concat('\n');
}

/** Each with its line end; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksOf(changes: readonly LineChange[]): readonly string[] {
  const near = changes.map((_, index) => changes.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same'));
  const hunks: string[] = [];
  for (let start = near.indexOf(true); start !== -1; ) {
    const next = near.indexOf(false, start);
    const end = next === -1 ? near.length : next;
    hunks.push(hunk(changes, start, end));
    start = near.indexOf(true, end);
  }
  return hunks;
}

function hunk(changes: readonly LineChange[], start: number, end: number): string {
  const [above, inside] = [changes.slice(0, start), changes.slice(start, end)];
  const range = (without: LineChange['kind']): string => {
    const [before, length] = [above, inside].map((part) => part.filter(({ kind }) => kind !== without).length);
    return `${(before ?? 0) + (length === 0 ? 0 : 1)},${length ?? 0}`;
  };
  return [`@@ -${range('added')} +${range('removed')} @@`, ...inside.map(line)].join('\n');
}

const signs: Readonly<Record<LineChange['kind'], string>> = { same: ' ', added: '+', removed: '-' };

function line({ kind, text }: LineChange): string {
  return text.endsWith('\n') ? `${signs[kind]}${text.slice(0, -1)}` : `${signs[kind]}${text}\n\\ No newline at end of file`;
}
