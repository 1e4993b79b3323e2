/**
 * P(X = successes) of a binomial distribution, accurate to about 14 digits for any size: the saddle-point form of
 * C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
export function binomialProbability(successes: number, trials: number, rate: number): number {
  if (successes < 0 || successes > trials) return 0;
  if (successes === 0) return trials === 0 ? 1 : Math.exp(trials * Math.log1p(-rate));
  if (successes === trials) return rate ** trials;
  if (rate <= 0 || rate >= 1) return 0;
  const failures = trials - successes;
  const difference = successes - trials * rate;
  const exponent = stirlingError(trials) - stirlingError(successes) - stirlingError(failures) - deviance(successes, trials * rate, difference) - deviance(failures, trials * (1 - rate), -difference);
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * successes * failures));
}

/** P(X ≥ successes). Small values keep all their digits. */
export function binomialAtLeast(successes: number, trials: number, rate: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  return successes >= trials * rate ? upwards(successes, trials, rate) : 1 - downwards(successes - 1, trials, rate);
}

/** P(X ≤ successes). Small values keep all their digits. */
export function binomialAtMost(successes: number, trials: number, rate: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return successes <= trials * rate ? downwards(successes, trials, rate) : 1 - upwards(successes + 1, trials, rate);
}

/** The terms from here to the end; here is at or above the mean, so that each further one is smaller. */
function upwards(successes: number, trials: number, rate: number): number {
  let term = binomialProbability(successes, trials, rate);
  let sum = term;
  const odds = rate / (1 - rate);
  for (let next = successes + 1; next <= trials && term > sum * 1e-18; next += 1) {
    term *= ((trials - next + 1) / next) * odds;
    sum += term;
  }
  return Math.min(sum, 1);
}

function downwards(successes: number, trials: number, rate: number): number {
  let term = binomialProbability(successes, trials, rate);
  let sum = term;
  const odds = (1 - rate) / rate;
  for (let next = successes - 1; next >= 0 && term > sum * 1e-18; next -= 1) {
    term *= ((next + 1) / (trials - next)) * odds;
    sum += term;
  }
  return Math.min(sum, 1);
}

/** ln n! less Stirling's formula for it. */
function stirlingError(count: number): number {
  if (count < 16) return Math.log(factorial(count)) - (count + 0.5) * Math.log(count) + count - 0.5 * Math.log(2 * Math.PI);
  const square = count * count;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / count;
}

function factorial(count: number): number {
  let product = 1;
  for (let factor = 2; factor <= count; factor += 1) product *= factor;
  return product;
}

/** x ln(x/m) + m − x without cancellation where x is near m; the difference x − m is known better than from both. */
function deviance(value: number, mean: number, difference: number): number {
  if (Math.abs(difference) >= 0.1 * (value + mean)) return value * Math.log(value / mean) - difference;
  const ratio = difference / (value + mean);
  let sum = difference * ratio;
  let power = 2 * value * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
