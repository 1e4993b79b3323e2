import type { SignatureAnswer } from '../../../src/domain/probe-answer.ts';
import { aContract } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { headerOf, jwsOf, privateKeyOf, publicJwk, publicKeyOf } from '../../builders/signing-keys.ts';
import type { ChangeInput } from './a-change.ts';

export const signedPath = 'contracts/checkout.yaml';
const keysPath = '.plumbline/keys.jwks.json';
const key = privateKeyOf('EdDSA');
const digest = publicKeyOf(publicJwk(key)).digest;

/** A contract that names this key, with this signature; null: none. */
export function aSignedContract(signature: string | null, kid = 'local:test-key'): string {
  return aContract({ more: { kmsKeyRef: kid, ...(signature === null ? {} : { signature }) } });
}

/** A signature of the right form, by `local:test-key`. Whether it verifies is for the answer to say. */
export function aSignature(kid = 'local:test-key'): string {
  return jwsOf(key, {}, headerOf('EdDSA', { kid }));
}

/** The release of this text where signatures are required, with one key at the base and this answer about any signature. */
export function aSignedRelease(head: string, answer: SignatureAnswer = { kind: 'verified', key: digest }, keys: string = JSON.stringify({ keys: [publicJwk(key)] })): ChangeInput {
  return {
    files: { [signedPath]: { head }, [keysPath]: { base: keys, roles: ['own'] } },
    configured: { contracts: [aContractSet({ signatures: 'required' })], keys: [keysPath] },
    world: { contents: [head, keys], verify: () => answer },
  };
}
