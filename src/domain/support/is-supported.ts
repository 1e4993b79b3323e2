import type { Judgement } from './judgement.ts';

/** The score from which on a judge may be taken at its word. */
const least = 0.5;

/** Whether a judge says that a claim is supported. With a low score, or with one that is no number, it does not. */
export function isSupported({ label, score }: Judgement): boolean {
  return label === 'supported' && score >= least;
}
