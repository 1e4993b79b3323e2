import { bisect } from './bisect.ts';

/** P(Z > z) of the standard normal distribution, to about 13 digits however small. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  return z < 3 ? 0.5 - density(z) * series(z) : density(z) * fraction(z);
}

/** The z that is exceeded with this probability, which lies between 0 and 1, ends excluded. */
export function normalQuantile(tail: number): number {
  return tail > 0.5 ? -normalQuantile(1 - tail) : bisect(0, 40, (z) => normalTail(z) > tail);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z³/3 + z⁵/(3·5) + …, all terms positive (Abramowitz and Stegun, 26.2.11). */
function series(z: number): number {
  let [term, sum] = [z, z];
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

/** 1/(z + 1/(z + 2/(z + 3/(z + …)))), from the inside (Abramowitz and Stegun, 26.2.14). */
function fraction(z: number): number {
  let value = z;
  for (let depth = 120; depth >= 1; depth -= 1) value = z + depth / value;
  return 1 / value;
}
