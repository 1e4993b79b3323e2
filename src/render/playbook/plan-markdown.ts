import type { Plan, Planning } from '../../domain/playbook/plan.ts';
import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { markdownCode, markdownProse } from '../escape.ts';
import { fenced } from '../fenced.ts';
import { fitItems } from '../fit-items.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { plannedIssueText } from './planned-issue.ts';
import { rollbackWords } from './playbook-page.ts';

/** Bytes of diff, and of an issue's text, that a reply has room for. */
const room = { diff: 30_000, issue: 15_000 };

/** A plan as a reply shows it: what would be written, as a diff, its digest, and how it is undone; or why there is none. */
export function planMarkdown(planning: Exclude<Planning, { readonly kind: 'unread' }>): readonly string[] {
  if (planning.kind === 'refused') {
    const { path, found, expected, next } = planning.refusal;
    return [`Cannot plan${path === null ? '' : ` for ${markdownCode(clip(path, 200))}`}: found ${markdownProse(clip(found, 300))}, expected ${markdownProse(clip(expected, 300))}. ${markdownProse(clip(next, 300))}`];
  }
  const { playbook, files, issue, notices, unsigned, digest } = planning.plan;
  return [
    `Playbook ${markdownCode(`${playbook.id} ${playbook.version}`)}: ${count(files.length, 'file')} to write${issue === null ? '' : ', an issue to open'}. Plan ${markdownCode(digest)}.`,
    ...(files.length === 0 ? [] : [diffOf(files.map(({ path, before, text }) => unifiedDiff({ path, before, after: text })).join(''))]),
    ...(issue === null ? [] : [`**Issue** ${markdownCode(clip(issue.title, 200))}`, fitItems(plannedIssueText(issue).split('\n\n'), (part) => `${part}\n`, { bytes: room.issue, more: (left) => `${count(left, 'more part')} not shown.` })]),
    ...notices.slice(0, 20).map(({ to, text }) => `Tells ${markdownCode(clip(to, 200))}: ${markdownProse(clip(text, 300))}`),
    ...unsigned.slice(0, 20).map(({ path, key }) => `${markdownCode(clip(path, 200))} comes unsigned: whoever holds ${key === null ? 'its key' : `the key ${markdownCode(clip(key, 200))}`} signs it before the merge.`),
    afterMerge(planning.plan),
  ];
}

function diffOf(diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n');
  return fenced(lines, { language: 'diff', most: lines.length, bytes: room.diff });
}

function afterMerge(plan: Plan): string {
  return `**Rollback** ${markdownProse(clip(rollbackWords(plan).at(-1) ?? '', 500))}`;
}
