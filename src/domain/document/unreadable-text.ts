import type { ReadingProblem } from './document.ts';

/** Thrown inside a reader to leave it; `readDocument` turns it into a problem. Never leaves this folder. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  readonly reason: ReadingProblem['reason'];
  /** UTF-16 index into the text. */
  readonly offset: number;
  readonly found: string;
  readonly expected: string;

  constructor(problem: { readonly reason?: ReadingProblem['reason']; readonly offset: number; readonly found: string; readonly expected: string }) {
    super(`${problem.found}, expected ${problem.expected}`);
    this.reason = problem.reason ?? 'unparsable';
    this.offset = problem.offset;
    this.found = problem.found;
    this.expected = problem.expected;
  }
}
