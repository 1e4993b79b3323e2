import type { PlannedFile, PlannedIssue } from '../../domain/playbook/plan.ts';
import { differencesBlock } from '../drift/differences-block.ts';
import { markdownCode, markdownProse } from '../escape.ts';
import { fenced } from '../fenced.ts';
import { unifiedDiff } from '../unified-diff.ts';

/** Of the diffs that an issue shows. */
const room = { most: 400, bytes: 25_000 };

/** GitHub Markdown of an issue as a plan has it: what drifted, what was agreed and measured, and the exact diff of what a person has to do. */
export function plannedIssueText({ text, target, differences, files }: PlannedIssue): string {
  return [markdownProse(text), `Drifted: ${markdownCode(target)}`, differencesBlock(differences), plannedDiff(files)].filter((part) => part !== '').join('\n\n').concat('\n');
}

/** What a person has to change, as a diff; empty for nothing. */
export function plannedDiff(files: readonly PlannedFile[]): string {
  const diff = files.map(({ path, before, text }) => unifiedDiff({ path, before, after: text })).join('');
  return diff === '' ? '' : fenced(diff.replace(/\n$/, '').split('\n'), { language: 'diff', ...room });
}
