import { clip } from './clip.ts';
import { visible } from './escape.ts';

/** Lines of a diff in a fence that nothing between can end. @param leftOut How many more there are, of what. */
export function fenced(lines: readonly string[], leftOut: number, what: string): string {
  const inert = lines.map((line) => visible(clip(line, 500)));
  const longest = Math.max(2, ...inert.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...inert, fence, ...(leftOut > 0 ? [`${leftOut} more ${what}${leftOut === 1 ? '' : 's'} not shown.`] : [])].join('\n');
}
