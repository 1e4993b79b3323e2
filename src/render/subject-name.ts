import { isMergeGroup } from '../domain/subject.ts';
import { markdownCode } from './escape.ts';

/** `pull-request:12` as GitHub links it; anything else quoted. */
export function subjectName(subject: string): string {
  const number = /^pull-request:(\d+)$/.exec(subject)?.[1];
  if (number !== undefined) return `pull request #${number}`;
  return isMergeGroup(subject) ? `the merge group ${markdownCode(subject.slice('merge-group:'.length))}` : markdownCode(subject);
}
