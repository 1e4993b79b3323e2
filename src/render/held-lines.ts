import { voteLine } from '../domain/command/vote-line.ts';
import type { ApproverGroup, HeldItem } from '../domain/held-item.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownCode, markdownText } from './escape.ts';
import { fitItems } from './fit-items.ts';

/** Whom a group of approvers means to a reader. */
export const approverWords: Readonly<Record<ApproverGroup, string>> = {
  tier2: 'whoever may approve tier 2',
  tier3: 'whoever may approve tier 3',
  root: 'the owners of this account',
};

const bytes = 30_000;

/** What people may release: how far it is, and exactly what to type. */
export function heldLines(held: readonly HeldItem[], head: string): string {
  const waiting = held.filter(({ waits }) => waits).length;
  const first = waiting === 0 ? 'Nothing waits for people any more.' : `${count(waiting, 'thing')} ${waiting === 1 ? 'waits' : 'wait'} for people. All at once: ${markdownCode(voteLine('approve', 'all', head))}`;
  const lines = fitItems(held, (item) => heldLine(item, head), { bytes, more: (left) => `\n… and ${count(left, 'more')}.` });
  return `${first}\n\n${lines}`;
}

function heldLine({ name, scope, from, count: needed, approvedBy, waits }: HeldItem, head: string): string {
  const by = approvedBy.length === 0 ? '' : ` (${approvedBy.map((login) => markdownText(clip(login, 100))).join(', ')})`;
  const command = waits ? `: ${markdownCode(voteLine('approve', scope, head))}` : '';
  return `- ${markdownCode(clip(name, 200))}, ${approvedBy.length} of ${needed} approvals${by} of ${approverWords[from]}${command}`;
}
