import type { LabelledClaim } from './labelled-claim.ts';

/** The same without capitals, so that no name is told from another word: summaries in some data sets are so. */
export function lowerCased(claims: readonly LabelledClaim[]): readonly LabelledClaim[] {
  return claims.map(({ claim, passage, ...rest }) => ({ ...rest, claim: claim.toLowerCase(), passage: { ...passage, text: passage.text.toLowerCase() } }));
}

/** Supported claims as they are, and with their first number one higher, which is not supported, though the page may have that number elsewhere. */
export function withChangedNumbers(claims: readonly LabelledClaim[]): readonly LabelledClaim[] {
  const number = /(?<![\p{L}\d.,-])\d{1,6}(?![\d.,]*\d)/u;
  return claims
    .filter(({ isSupported, claim }) => isSupported && number.test(claim))
    .flatMap((one) => [one, { ...one, isSupported: false, claim: one.claim.replace(number, (digits) => String(Number(digits) + 1)) }]);
}
