import { compare, rational } from '../../../domain/compatibility/rational.ts';
import type { Rational } from '../../../domain/compatibility/rational.ts';
import type { Direction } from '../../../domain/behavior/measured.ts';

/** How far one number may be from the agreed one. `relative` is a share of the agreed number, `ulp` counts the doubles from one to the other. */
export interface NumberTolerance {
  readonly kind: 'absolute' | 'relative' | 'ulp';
  /** From 0 on. */
  readonly value: number;
  readonly direction: Direction;
}

/** Whether a finite number is as agreed, by their decimal forms: 0.848 is within 0.001 of 0.847, which doubles deny. */
export function isTolerated(agreed: number, found: number, { kind, value, direction }: NumberTolerance): boolean {
  const isUnwanted = direction === 'both' || (direction === 'increase' ? found > agreed : found < agreed);
  if (!isUnwanted || found === agreed) return true;
  if (kind === 'ulp') return doublesBetween(agreed, found) <= BigInt(Math.floor(value));
  const allowed = kind === 'absolute' ? rational(value) : product(rational(value), rational(Math.abs(agreed)));
  return compare(distance(rational(agreed), rational(found)), allowed) <= 0;
}

function distance(a: Rational, b: Rational): Rational {
  const top = a.top * b.bottom - b.top * a.bottom;
  return { top: top < 0n ? -top : top, bottom: a.bottom * b.bottom };
}

function product(a: Rational, b: Rational): Rational {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

function doublesBetween(a: number, b: number): bigint {
  const difference = place(a) - place(b);
  return difference < 0n ? -difference : difference;
}

/** The place of a double in the order of all; both zeros have one. */
function place(value: number): bigint {
  const bits = new BigInt64Array(Float64Array.of(value).buffer)[0] ?? 0n;
  return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
}
