/** Pico-dollars, as digits, in dollars with all their places: `0.000002` of `2000000`. No exponent, no sign. */
export function exactDollars(pico: string): string {
  const padded = pico.padStart(13, '0');
  const fraction = padded.slice(-12).replace(/0+$/, '');
  return `${padded.slice(0, -12).replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`;
}
