import { bisect } from './bisect.ts';

/** More degrees of freedom count as so many: bounds grow by less than a thousandth. */
const mostFreedom = 1_000;

/**
 * The t that Student's distribution exceeds with this probability.
 * @param tail Above 0, at most 0.5.
 * @param freedom At least 1; a part of a degree is left out, which makes bounds wider.
 */
export function studentQuantile(tail: number, freedom: number): number {
  const degrees = Math.min(Math.floor(freedom), mostFreedom);
  return bisect(0, 1e9, (t) => studentTail(t, degrees) > tail);
}

/** P(T > t) for t from 0 on and whole degrees: the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4. */
export function studentTail(t: number, degrees: number): number {
  const [sine, cosine] = [t / Math.hypot(t, Math.sqrt(degrees)), Math.sqrt(degrees) / Math.hypot(t, Math.sqrt(degrees))];
  const isOdd = degrees % 2 === 1;
  let [term, sum] = isOdd ? [cosine, degrees > 1 ? cosine : 0] : [1, 1];
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  const inside = isOdd ? (2 / Math.PI) * (Math.atan2(t, Math.sqrt(degrees)) + sine * sum) : sine * sum;
  return (1 - inside) / 2;
}
