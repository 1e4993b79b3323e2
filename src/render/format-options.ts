import type { SkippedRule } from '../domain/verdict.ts';

/** Colours as a terminal shows them; picocolors has this shape. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>>;

/** What the command line knows beside the decision. */
export interface FormatOptions {
  /** `createColors(isTerminal)` of picocolors; only `pretty` uses it. */
  readonly color: Paint;
  /** What this run could not ask, in addition to what the verdicts skipped. Only `pretty` says it. */
  readonly skipped?: readonly SkippedRule[];
  /** What the App will ask beyond this run. Only `pretty` says it: the others are read by programs. */
  readonly alsoAsks?: readonly string[];
  /** Where `docs/` is published, ending in a slash. */
  readonly docsUrl?: string;
}
