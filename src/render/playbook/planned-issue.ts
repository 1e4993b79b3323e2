import type { JsonValue } from '../../domain/json-value.ts';
import type { Difference } from '../../domain/playbook/measured-drift.ts';
import type { PlannedIssue } from '../../domain/playbook/plan.ts';
import { clip } from '../clip.ts';
import { markdownCode, markdownProse } from '../escape.ts';
import { fenced } from '../fenced.ts';
import { unifiedDiff } from '../unified-diff.ts';

/** Differences, and lines of diffs, that an issue shows. */
const [mostDifferences, mostLines] = [50, 400];

/** GitHub Markdown of an issue that a plan opens: what drifted, what was agreed and measured, and the exact diff of what a person has to do. */
export function plannedIssueText({ text, target, differences, files }: PlannedIssue): string {
  const told = differences.filter(({ expected, found, name }) => expected !== null || found !== null || name !== null);
  const diff = files.map(({ path, before, text: after }) => unifiedDiff({ path, before, after })).join('');
  return [
    markdownProse(text),
    `Drifted: ${markdownCode(target)}`,
    ...(told.length === 0 ? [] : [fenced(told.slice(0, mostDifferences).flatMap(differenceLines), told.length - mostDifferences, 'difference')]),
    ...(diff === '' ? [] : [fenced(diff.replace(/\n$/, '').split('\n').slice(0, mostLines), diff.split('\n').length - 1 - mostLines, 'line')]),
  ].join('\n\n').concat('\n');
}

function differenceLines({ path, name, expected, found }: Difference): readonly string[] {
  return [`  ${[path, name].filter((part) => part !== null).join(' ')}`, `- ${shown(found)}`, `+ ${shown(expected)}`];
}

function shown(value: JsonValue): string {
  return value === null ? '(not told)' : clip(JSON.stringify(value), 200);
}
