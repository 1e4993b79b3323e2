import type { Verification } from './verification.ts';

/**
 * A log that was cut back agrees with itself, and looks like a younger one: here it is held against how many entries were sealed when it was
 * verified or anchored before, 0 for never.
 */
export function withoutCut(result: Verification, known: number): Verification {
  const { sealed, firstWrong } = result;
  if (firstWrong !== null || sealed >= known) return result;
  const message = `Cannot find all entries that were sealed: a checkpoint covers ${sealed}, expected at least ${known} as when the log was verified or anchored last. The end of the log was cut off.`;
  return { ...result, outcome: 'tampered', firstWrong: { reason: 'cut_tail', sequence: sealed, through: known - 1, message } };
}
