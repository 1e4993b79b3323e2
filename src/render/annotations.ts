import type { Annotation } from '../domain/effect.ts';
import type { Finding } from '../domain/finding.ts';
import { clip } from './clip.ts';
import { visible } from './escape.ts';
import { foldFindings } from './fold-findings.ts';
import type { Effectiveness, RankedFinding } from './ranked-findings.ts';
import type { RenderContext } from './render-context.ts';

const levels: Readonly<Record<Effectiveness, Annotation['level']>> = { deny: 'failure', unknown: 'failure', hold: 'warning', observed: 'notice', released: 'notice', notice: 'notice' };

/** One annotation for each finding that is shown and whose line exists at the head. The others stand in the summary. */
export function annotationsOf(findings: readonly RankedFinding[], headFiles: RenderContext['headFiles']): readonly Annotation[] {
  return foldFindings(findings).shown.flatMap(({ finding, effect }) => annotationOf(finding, levels[effect], headFiles));
}

function annotationOf(finding: Finding, level: Annotation['level'], headFiles: RenderContext['headFiles']): readonly Annotation[] {
  const { path, line } = finding;
  if (path === null || line === null || !isLineOf(line, headFiles.get(path))) return [];
  return [{ path, startLine: line, endLine: line, startColumn: columnOf(finding), level, title: finding.code, message: messageOf(finding) }];
}

/** Undefined: no such file at the head. Null: the file is there, its lines were not counted. */
function isLineOf(line: number, lines: number | null | undefined): boolean {
  if (lines === undefined || !Number.isSafeInteger(line) || line < 1) return false;
  return lines === null || line <= lines;
}

function columnOf({ column }: Finding): number | null {
  return column !== null && Number.isSafeInteger(column) && column >= 1 ? column : null;
}

/** Plain text: GitHub does not read Markdown here. */
function messageOf(finding: Finding): string {
  return `${visible(clip(finding.message, 2_000))}\n\nNext: ${visible(clip(finding.next, 1_000))}`;
}
