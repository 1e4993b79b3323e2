import type { PlannedFile } from '../../domain/playbook/plan.ts';
import { clip } from '../clip.ts';
import { grouped } from '../count.ts';
import { markdownCode } from '../escape.ts';
import { filePatch } from '../file-patch.ts';

/** One file of a plan as an item of a list: what becomes of it, and how many lines come and go. */
export function plannedFileLine({ path, text, mode, before }: PlannedFile): string {
  const lines = filePatch({ path, before, after: text }).hunks.flatMap((hunk) => hunk.lines);
  const [added, removed] = ['+', '-'].map((sign) => lines.filter((line) => line.startsWith(sign)).length);
  return `- ${markdownCode(clip(path, 400))}: ${becomes(text, before, mode)}, +${grouped(added ?? 0)} −${grouped(removed ?? 0)}`;
}

function becomes(text: string | null, before: string | null, mode: PlannedFile['mode']): string {
  if (text === null) return 'deleted';
  if (before === null) return 'new';
  return text === before ? `mode ${mode}` : 'changed';
}
