import type { SamplesWait } from '../domain/sample/samples-wait.ts';

/** What the text on GitHub needs beside the decision. */
export interface RenderContext {
  /** `pull-request:<n>` or `merge-group:<ref>`: what was judged just now. */
  readonly subject: string;
  /** The subject whose decision stands for this head: the strictest one. */
  readonly decidedBy: string;
  /** Subjects with the same head that do not count, and why. */
  readonly leftOut: readonly { readonly subject: string; readonly why?: string }[];
  /** For which samples the decision waits; left out: it does not. */
  readonly wait?: SamplesWait;
  /** When a decision that lacks an answer is judged again by itself; null once the retries have ended. */
  readonly retryAt: Date | null;
  /**
   * Paths that exist at the head, with their number of lines, or null where it was not counted.
   * A finding elsewhere gets no annotation, since GitHub may refuse the whole check for it.
   */
  readonly headFiles: ReadonlyMap<string, number | null>;
  /** How what can be mended mechanically is mended: with a button, or, in a fork, by hand; left out: not by this check. */
  readonly mending?: 'button' | 'fork';
  /** Where the whole decision can be read. */
  readonly detailsUrl?: string;
  /** Where the repository stands on GitHub, without a slash at the end; left out: lines are not linked. */
  readonly repositoryUrl?: string;
  /** Where `docs/` is published, ending in a slash; left out: codes are not linked. */
  readonly docsUrl?: string;
}
