/** An exact number: what a JSON number says in decimal. The divisor is positive, and the two have no common factor. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

export function rational(value: number): Rational {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value)) ?? [];
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0 ? { top: digits * 10n ** BigInt(shift), bottom: 1n } : reduced(digits, 10n ** BigInt(-shift));
}

export function toNumber({ top, bottom }: Rational): number {
  if (bottom === 1n) return Number(top);
  // Decimal text with forty digits that count, however small the number: dividing two doubles would round twice.
  const sign = top < 0n ? '-' : '';
  const size = top < 0n ? -top : top;
  const places = 40 + Math.max(0, String(bottom).length - String(size).length);
  const digits = String((size * 10n ** BigInt(places)) / bottom);
  return Number(`${sign}${digits}e-${places}`);
}

/** The same for equal numbers and for no others. */
export function textOf({ top, bottom }: Rational): string {
  return `${top}/${bottom}`;
}

export function compare(a: Rational, b: Rational): number {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isMultiple(value: Rational, of: Rational): boolean {
  return (value.top * of.bottom) % (of.top * value.bottom) === 0n;
}

export function times(value: Rational, count: bigint): Rational {
  return reduced(value.top * count, value.bottom);
}

export function middle(a: Rational, b: Rational): Rational {
  return reduced(a.top * b.bottom + b.top * a.bottom, 2n * a.bottom * b.bottom);
}

/** The smallest number that both are divisors of. */
export function leastCommon(a: Rational, b: Rational): Rational {
  const [x, y] = [a.top * b.bottom, b.top * a.bottom];
  return reduced((x / greatestCommon(x, y)) * y, a.bottom * b.bottom);
}

/** The first whole number that times `unit` is not below `value`. */
export function multiplesUpTo(value: Rational, unit: Rational): bigint {
  const [top, bottom] = [value.top * unit.bottom, value.bottom * unit.top];
  const floor = top / bottom - (top % bottom !== 0n && top < 0n ? 1n : 0n);
  return floor * bottom === top ? floor : floor + 1n;
}

function reduced(top: bigint, bottom: bigint): Rational {
  const common = greatestCommon(top, bottom);
  return { top: top / common, bottom: bottom / common };
}

function greatestCommon(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
