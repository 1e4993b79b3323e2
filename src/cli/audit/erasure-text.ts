import type { Erasure } from '../../flows/retention/erase-on-request.ts';
import { terminalText } from '../../render/escape.ts';
import { holdText } from './hold-text.ts';

interface ToldErasure {
  readonly account: number;
  readonly isRehearsed: boolean;
  /** Whose entries were asked for; null: entries by their numbers. */
  readonly actor: string | null;
}

/** What was erased, or would be, for people. It repeats nothing of it but the login that was asked for, in the line to type. */
export function erasureText({ account, isRehearsed, actor }: ToldErasure, { entries, first, last, judged, kept, keptEntries, naming, holds }: Erasure): string {
  const range = first === null ? '' : `, ${first === last ? `entry ${first}` : `from entry ${first} to ${last}`}`;
  const more = keptEntries - kept.length;
  const lines = [
    `${isRehearsed ? 'would erase' : 'erased'} details of ${entries} entries${range}`,
    ...(judged === 0 ? [] : [`and what ${judged} of their decisions were made of: these can not be judged again`]),
    ...kept.map(({ sequence, kind, why }) => `stays (${kind})  entry ${sequence}: ${why}`),
    ...(more > 0 ? [`and ${more} more stay`] : []),
    ...(naming === 0 ? [] : [`${naming} other entries ${isRehearsed ? 'say' : 'still say'} this login. To erase them, too:`, `  plumbline audit erase --account ${account} --actor ${actor ?? ''} --naming --by <login> --reason <why>`]),
    ...(actor === null ? [] : ['What other decisions were made of was not searched for the login.']),
    ...holds.map(holdText),
    ...(isRehearsed ? ['Nothing was changed: this was a dry run.'] : []),
  ];
  return `account ${account}\n${lines.map((line) => `  ${terminalText(line)}\n`).join('')}`;
}
