/** What a contract may be signed with. Nothing symmetric, and no `none`: a public key must never be taken for a secret. */
export const signatureAlgorithms = ['ES256', 'ES384', 'EdDSA', 'PS256'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

export function isSignatureAlgorithm(value: unknown): value is SignatureAlgorithm {
  return signatureAlgorithms.some((one) => one === value);
}
