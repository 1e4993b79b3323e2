import { binomialAtLeast } from './binomial.ts';

/**
 * The exact probability of at least as many cases turning one way, of those that turned at all, when each way is as likely
 * (Q. McNemar, Psychometrika 12:153, 1947, with the binomial distribution). One-sided; 1 when none turned.
 */
export function mcnemarOneSided(thisWay: number, otherWay: number): number {
  return thisWay + otherWay === 0 ? 1 : binomialAtLeast(thisWay, thisWay + otherWay, 0.5);
}
