import { digestOfBytes, digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import type { JsonValue } from '../json-value.ts';
import type { PlannedFile, PlannedIssue } from './plan.ts';

/** Of what is written and what an issue says and shows. What was measured is not in it: with the next measurement the plan is the same one. */
export function planDigest(files: readonly PlannedFile[], issue: PlannedIssue | null): Digest {
  const told = issue === null ? null : { title: issue.title, text: issue.text, target: issue.target, files: issue.files.map(fileValue) };
  return digestOfValue({ files: files.map(fileValue), issue: told });
}

function fileValue({ path, text, mode }: PlannedFile): JsonValue {
  return [path, text === null ? null : digestOfBytes(text), mode];
}
