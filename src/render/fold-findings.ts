import type { RankedFinding } from './ranked-findings.ts';

/** Findings about the claims and imports of one file, or of the text of the pull request, that are shown one by one. */
const mostOfFile = 20;

export interface FoldedFindings {
  readonly shown: readonly RankedFinding[];
  /** What is left out, by file; null: the text of the pull request, or no file. */
  readonly folded: readonly { readonly path: string | null; readonly count: number }[];
}

/**
 * What people are shown of the findings, in their order. One document of an agent may have thousands that are all alike, beside which nobody would see what
 * else is wrong: of each file the first are shown, and how many more there are. The record has all of them.
 */
export function foldFindings(findings: readonly RankedFinding[]): FoldedFindings {
  const counted = new Map<string | null, number>();
  const shown = findings.filter(({ finding: { code, path } }) => {
    if (!code.startsWith('hallucination/')) return true;
    const before = counted.get(path) ?? 0;
    counted.set(path, before + 1);
    return before < mostOfFile;
  });
  return { shown, folded: [...counted].flatMap(([path, count]) => (count > mostOfFile ? [{ path, count: count - mostOfFile }] : [])) };
}
