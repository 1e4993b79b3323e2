/** Pico-dollars for people: `$12.5`, to the millionth of a dollar, rounded up. */
export function dollarText(pico: bigint): string {
  const millionths = (pico + 999_999n) / 1_000_000n;
  const fraction = String(millionths % 1_000_000n).padStart(6, '0').replace(/0+$/, '');
  return `$${millionths / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}
