import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** The one `typ`: a signature made for something else is none of a contract. */
export const signatureType = 'plumbline-contract+jws';

/** The protected header: exactly these members, so that no extension (RFC 7515 section 4.1) can change what is verified or with which key. */
export interface SignatureHeader {
  readonly alg: SignatureAlgorithm;
  readonly kid: string;
  readonly typ: typeof signatureType;
}
