import { structuredPatch } from 'diff';
import type { StructuredPatch } from 'diff';

/** One file before and after; null: there is none. */
export interface DiffedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Lines of context around a change. */
const context = 3;

/** Whoever wrote the texts chooses how long comparing them would take: of more edits, or longer texts, all is shown as replaced. */
const most = { edits: 400, characters: 1_000_000 } as const;

/** What changes from the one to the other, by lines, as a shortest edit script (Myers, 1986) where that is found within bounds. No hunk where nothing does. */
export function filePatch({ path, before, after }: DiffedFile): StructuredPatch {
  const [old, now] = [before ?? '', after ?? ''];
  const names = { oldFileName: before === null ? '/dev/null' : `a/${path}`, newFileName: after === null ? '/dev/null' : `b/${path}`, oldHeader: undefined, newHeader: undefined };
  const isShort = old.length + now.length <= most.characters;
  const patch = isShort ? structuredPatch(names.oldFileName, names.newFileName, old, now, undefined, undefined, { context, maxEditLength: most.edits }) : undefined;
  return { ...names, hunks: patch?.hunks ?? replaced(old, now) };
}

function replaced(old: string, now: string): StructuredPatch['hunks'] {
  const [gone, come] = [linesOf(old), linesOf(now)];
  if (old === now) return [];
  return [{ oldStart: 1, oldLines: gone.length, newStart: 1, newLines: come.length, lines: [...gone.flatMap((line) => signed('-', line)), ...come.flatMap((line) => signed('+', line))] }];
}

/** Each with its line end; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function signed(sign: '-' | '+', line: string): readonly string[] {
  return line.endsWith('\n') ? [`${sign}${line.slice(0, -1)}`] : [`${sign}${line}`, '\\ No newline at end of file'];
}
