import { readTrailer } from '../../domain/remediation/read-trailer.ts';
import type { TrailerReading } from '../../domain/remediation/read-trailer.ts';
import type { WriteAnswer } from '../../domain/remediation/write-answer.ts';
import { write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';

/** A text whose trailer is as we wrote it. */
export type OurText = Extract<TrailerReading, { kind: 'trailer' }>;

/**
 * Writes the text of one of ours anew, as what stands there makes it: a text can not be compared, so it is read right before, and what a
 * person wrote meanwhile is seen. @param make Null: it stays as it is. @returns `moved` where it did, or its trailer is not ours any more.
 */
export async function rewriteText(run: RemediationRun, number: number, make: (now: OurText) => string | null): Promise<WriteAnswer> {
  const now = readTrailer(await run.github.textNow(number), true);
  const text = now.kind === 'trailer' ? make(now) : null;
  return text === null ? { kind: 'moved' } : write(run, () => run.github.editText(number, text));
}
