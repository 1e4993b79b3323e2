const picoPlaces = 12;

/** Above it no amount of dollars is taken as meant. */
const mostDigits = 30;

/**
 * An amount of US dollars, as JSON wrote it, in whole pico-dollars (10⁻¹² dollars). It is the shortest decimal text of the number that counts, so
 * that 0.1 is a tenth. What is smaller than a pico-dollar is rounded to the side that is named. Null: it is no amount.
 */
export function picoDollars(dollars: number, side: 'up' | 'down'): bigint | null {
  const [, whole, fraction = '', exponent = '0'] = form.exec(String(dollars)) ?? [];
  if (whole === undefined || whole.length + Number(exponent) > mostDigits) return null;
  const digits = BigInt(whole + fraction);
  const shift = picoPlaces + Number(exponent) - fraction.length;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const unit = 10n ** BigInt(-shift);
  return digits / unit + (side === 'up' && digits % unit > 0n ? 1n : 0n);
}

const form = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;
