import { hash } from 'node:crypto';
import { base64Of } from '../audit/base64.ts';
import { quote } from '../audit/quote.ts';
import type { SigningAlgorithm } from '../audit/signing-key.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { answeredBytes, answeredKey, answeredSignature } from './answered-bytes.ts';
import type { AwsCredentialSource } from './aws-credentials.ts';
import { awsLogin } from './aws-credentials.ts';
import { signAwsRequest } from './aws-signature.ts';
import type { KeyVendor } from './key-vendor.ts';
import { callService, refusedAnswer, textIn } from './service-call.ts';
import type { CallSettings, Refusal, ServiceAnswer } from './service-call.ts';

export interface AwsKmsOptions {
  readonly region: string;
  /** `https://kms.<region>.amazonaws.com`, or that of a private endpoint. */
  readonly url: string;
  readonly credentials: AwsCredentialSource;
  readonly now: () => Date;
  readonly call: CallSettings;
}

/** Names of a P-256 key and of an Ed25519 key there. */
const specs: Readonly<Record<SigningAlgorithm, { readonly spec: string; readonly algorithm: string }>> = {
  ES256: { spec: 'ECC_NIST_P256', algorithm: 'ECDSA_SHA_256' },
  Ed25519: { spec: 'ECC_NIST_EDWARDS25519', algorithm: 'ED25519_SHA_512' },
};

/**
 * Keys of AWS KMS, by ARN, id or alias (API reference: Sign, GetPublicKey). ES256 sends the digest, so that the size of a message does not matter;
 * Ed25519 signs the message itself, of which the service takes 4,096 bytes.
 */
export function awsKms({ region, url, credentials, now, call }: AwsKmsOptions): KeyVendor {
  const login = awsLogin(credentials, call, now);
  const ask = async (action: string, input: JsonObject, what: string): Promise<JsonObject> => {
    const body = JSON.stringify(input);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${action}` };
    const request = async () => ({ method: 'POST' as const, url: `${url}/`, headers: signAwsRequest({ url: `${url}/`, headers, body, region, service: 'kms' }, await login.credentials(), now()), body });
    return await callService({ what, request, refusalOf, renew: login.renew }, call);
  };
  return {
    name: 'awskms',
    readKey: async (keyRef) => {
      const what = `read the public key of ${quote(keyRef)} of awskms`;
      const answer = await ask('GetPublicKey', { KeyId: keyRef }, what);
      const found = textIn(answer, 'KeySpec');
      const algorithm = algorithms.find((one) => specs[one].spec === found);
      if (algorithm === undefined || answer['KeyUsage'] !== 'SIGN_VERIFY') throw refusedAnswer(what, `a key ${quote(found)} for ${quote(textIn(answer, 'KeyUsage'))}`, 'ECC_NIST_P256 or ECC_NIST_EDWARDS25519 for SIGN_VERIFY');
      return { version: arnOf(answer, keyRef, what), key: answeredKey(what, answeredBytes(what, textIn(answer, 'PublicKey')), algorithm) };
    },
    sign: async ({ message, keyRef, algorithm }) => {
      const what = `sign with ${quote(keyRef)} of awskms`;
      if (algorithm === 'Ed25519' && message.length > mostRaw) throw refusedAnswer(what, `no question: the message has ${message.length} bytes`, `${mostRaw} bytes at most with an Ed25519 key; take an ECC_NIST_P256 key for longer ones`);
      const input = algorithm === 'ES256' ? { MessageType: 'DIGEST', Message: hash('sha256', message, 'base64') } : { MessageType: 'RAW', Message: base64Of(message) };
      const answer = await ask('Sign', { KeyId: keyRef, SigningAlgorithm: specs[algorithm].algorithm, ...input }, what);
      if (answer['SigningAlgorithm'] !== specs[algorithm].algorithm) throw refusedAnswer(what, `a signature by ${quote(textIn(answer, 'SigningAlgorithm'))}`, specs[algorithm].algorithm);
      return { version: arnOf(answer, keyRef, what), signature: answeredSignature(what, answeredBytes(what, textIn(answer, 'Signature')), algorithm) };
    },
  };
}

/** Every answer names the key by its ARN, also where it was asked by alias. One that was asked by ARN must be that one. */
function arnOf(answer: JsonObject, keyRef: string, what: string): string {
  const arn = textIn(answer, 'KeyId');
  const isOther = keyRef.includes(':key/') && arn !== keyRef;
  if (!/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,128}$/.test(arn) || isOther) throw refusedAnswer(what, `the key ${quote(arn)}`, isOther ? quote(keyRef) : 'the ARN of a key');
  return arn;
}

function refusalOf({ status, body }: ServiceAnswer): Refusal {
  if (status === 200) return null;
  const type = textIn(body, '__type').replace(/^.*#/, '');
  const why = `status ${status} ${quote(type)} ${quote(textIn(body, 'message') || textIn(body, 'Message'))}`;
  if (status >= 500 || status === 429 || patient.has(type)) return { kind: 'unavailable', why };
  return { kind: expired.has(type) ? 'login' : 'refused', why };
}

const algorithms: readonly SigningAlgorithm[] = ['ES256', 'Ed25519'];
/** "Throttling" comes with status 400. */
const patient = new Set(['ThrottlingException', 'Throttling', 'TooManyRequestsException', 'LimitExceededException', 'KMSInternalException', 'DependencyTimeoutException', 'KeyUnavailableException']);
const expired = new Set(['ExpiredTokenException', 'ExpiredToken', 'UnrecognizedClientException', 'InvalidClientTokenId']);
const mostRaw = 4_096;
