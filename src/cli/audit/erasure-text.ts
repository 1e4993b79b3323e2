import type { Erasure } from '../../flows/retention/erase-on-request.ts';
import { terminalText } from '../../render/escape.ts';
import { holdText } from './hold-text.ts';

/** What was erased, or would be, for people. It repeats nothing of it. */
export function erasureText(account: number, { entries, first, last, judged, kept, keptEntries, naming, holds }: Erasure, isRehearsed: boolean): string {
  const range = first === null ? '' : `, ${first === last ? `entry ${first}` : `from entry ${first} to ${last}`}`;
  const more = keptEntries - kept.length;
  const lines = [
    `${isRehearsed ? 'would erase' : 'erased'} details of ${entries} entries${range}`,
    ...(judged === 0 ? [] : [`and what ${judged} of their decisions were made of: these can not be judged again`]),
    ...kept.map(({ sequence, kind, why }) => `stays (${kind})  entry ${sequence}: ${why}`),
    ...(more > 0 ? [`and ${more} more stay`] : []),
    ...(naming === 0 ? [] : [`${naming} other entries say this login; --naming erases them, too`]),
    ...holds.map(holdText),
    ...(isRehearsed ? ['Nothing was changed: this was a dry run.'] : []),
  ];
  return `account ${account}\n${lines.map((line) => `  ${terminalText(line)}\n`).join('')}`;
}
