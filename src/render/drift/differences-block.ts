import type { JsonValue } from '../../domain/json-value.ts';
import type { Difference } from '../../domain/playbook/measured-drift.ts';
import { clip } from '../clip.ts';
import { fenced } from '../fenced.ts';

const room = { most: 150, bytes: 8_000 };

/** What was found against what was agreed, as a diff; where neither is told, only what differs. Empty without any. */
export function differencesBlock(differences: readonly Difference[]): string {
  const lines = differences.flatMap(differenceLines);
  return lines.length === 0 ? '' : fenced(lines, { language: 'diff', ...room });
}

function differenceLines({ path, template, name, expected, found }: Difference): readonly string[] {
  const what = [path, name].filter((part) => part !== null).join(' ');
  if (template !== null) return [`  ${what} is not as ${template}`];
  if (expected === null && found === null) return [`  ${what}`];
  return [`  ${what}`, `- ${shown(found)}`, `+ ${shown(expected)}`];
}

function shown(value: JsonValue): string {
  return value === null ? '(not told)' : clip(JSON.stringify(value), 200);
}
