import type { Finding } from '../domain/finding.ts';
import { clip } from './clip.ts';

/** `path:line:column` as far as known, not yet escaped; null for a finding about the change as a whole. */
export function placeOf(finding: Pick<Finding, 'path' | 'line' | 'column'>, withColumn = false): string | null {
  if (finding.path === null) return null;
  const line = finding.line === null ? '' : `:${finding.line}`;
  const column = withColumn && finding.line !== null && finding.column !== null ? `:${finding.column}` : '';
  return `${clip(finding.path, 200)}${line}${column}`;
}
