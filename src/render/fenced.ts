import { clip } from './clip.ts';
import { count } from './count.ts';
import { visible } from './escape.ts';
import { byteLength } from './fit-items.ts';

/** Characters of one line. */
const longestLine = 500;

export interface FenceOptions {
  /** How GitHub colours or draws it; a word of ours. */
  readonly language: string;
  /** Lines, and UTF-8 bytes of them together. */
  readonly most: number;
  readonly bytes: number;
}

/** Lines between fences that nothing of them can end, and how many are left out. */
export function fenced(lines: readonly string[], { language, most, bytes }: FenceOptions): string {
  const inert: string[] = [];
  let used = 0;
  for (const line of lines.slice(0, most)) {
    const shown = visible(clip(line, longestLine));
    used += byteLength(shown) + 1;
    if (used > bytes) break;
    inert.push(shown);
  }
  const longest = Math.max(2, ...inert.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  const left = lines.length - inert.length;
  return [`${fence}${language}`, ...inert, fence, ...(left > 0 ? [`${count(left, 'more line')} not shown.`] : [])].join('\n');
}
