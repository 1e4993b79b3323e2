const jsonNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

export type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'refused'; readonly found: string; readonly expected: string };

/**
 * Reads a number as JSON writes it. Literals that many readers would silently turn into another number are
 * refused, because two different files would share one hash: big integers, overflow, underflow to zero.
 */
export function readNumber(literal: string): NumberReading {
  if (!jsonNumber.test(literal)) return { kind: 'refused', found: `the number ${cut(literal)}`, expected: 'a number as JSON writes it, or a quoted string' };
  const value = Number(literal);
  if (!Number.isFinite(value)) return { kind: 'refused', found: `the number ${cut(literal)}, too big for a double`, expected: 'a number below 1.8e308, or a quoted string' };
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && !/[eE]/.test(literal)) {
    const noun = literal.includes('.') ? 'number' : 'integer';
    return { kind: 'refused', found: `the ${noun} ${cut(literal)}, beyond 2^53-1`, expected: `${noun === 'integer' ? 'an integer' : 'a number'} that every reader keeps exact, or a quoted string` };
  }
  if (value === 0 && /[1-9]/.test(literal.replace(/[eE].*$/, ''))) {
    return { kind: 'refused', found: `the number ${cut(literal)}, too small for a double`, expected: 'zero, a number above 5e-324, or a quoted string' };
  }
  return { kind: 'number', value };
}

function cut(literal: string): string {
  return literal.length <= 40 ? literal : `${literal.slice(0, 39)}…`;
}
