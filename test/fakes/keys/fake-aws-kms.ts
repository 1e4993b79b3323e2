import { createHmac } from 'node:crypto';
import type { AskedService, KeyServer, ServiceReply } from './a-key-server.ts';
import { derOf, sha256, signDigest, signMessage } from './kept-key.ts';
import type { KeptKey } from './kept-key.ts';

export const awsAccess = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
export const awsRegion = 'eu-central-1';

interface AwsAccount {
  /** By id. */
  readonly keys: Readonly<Record<string, KeptKey>>;
  /** By name with `alias/`: the id. */
  readonly aliases: Record<string, string>;
  readonly now: () => Date;
  /** The session token that is in force; null: none is asked for. */
  sessionToken: string | null;
}

export function arnOf(id: string): string {
  return `arn:aws:kms:${awsRegion}:123456789012:key/${id}`;
}

/** AWS KMS as it answers Sign and GetPublicKey: signed requests alone, raw messages of 4,096 bytes, algorithms that fit, DER, ARNs. */
export function fakeAwsKms(account: AwsAccount): (asked: AskedService, server: KeyServer) => ServiceReply {
  return (asked, server) => {
    const refusal = refusalOf(asked, account);
    if (refusal !== null) return refusal;
    const input: Record<string, string> = JSON.parse(asked.body);
    const found = find(input['KeyId'] ?? '', account);
    if (found === null) return error('NotFoundException', `Key '${input['KeyId']}' does not exist`);
    const { id, key } = found;
    const algorithm = key.kind === 'ES256' ? 'ECDSA_SHA_256' : 'ED25519_SHA_512';
    if (asked.headers['x-amz-target'] === 'TrentService.GetPublicKey') {
      return { status: 200, body: { KeyId: arnOf(id), PublicKey: key.spki.toString('base64'), KeySpec: key.kind === 'ES256' ? 'ECC_NIST_P256' : 'ECC_NIST_EDWARDS25519', CustomerMasterKeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: [algorithm] } };
    }
    if (asked.headers['x-amz-target'] !== 'TrentService.Sign') return error('UnknownOperationException', '');
    if (input['SigningAlgorithm'] !== algorithm) return error('InvalidKeyUsageException', `Algorithm ${input['SigningAlgorithm']} is incompatible with the key spec`);
    const message = Buffer.from(input['Message'] ?? '', 'base64');
    const isDigest = input['MessageType'] === 'DIGEST';
    if (message.length === 0 || message.length > 4_096) return error('ValidationException', "Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096");
    if (isDigest && (key.kind === 'Ed25519' || message.length !== 32)) return error('ValidationException', 'Digest is invalid length for algorithm');
    const honest = key.kind === 'Ed25519' ? signMessage(key, message) : signDigest(key, isDigest ? message : sha256(message));
    const signature = server.forge?.(honest) ?? honest;
    return { status: 200, body: { KeyId: arnOf(id), Signature: (key.kind === 'ES256' ? derOf(signature) : signature).toString('base64'), SigningAlgorithm: algorithm } };
  };
}

function find(reference: string, { keys, aliases }: AwsAccount): { readonly id: string; readonly key: KeptKey } | null {
  const id = aliases[reference] ?? reference.replace(`arn:aws:kms:${awsRegion}:123456789012:key/`, '');
  const key = keys[id];
  return key === undefined ? null : { id, key };
}

/** Signature Version 4 of whatever headers the caller says are signed, step by step as AWS documents it. */
function refusalOf({ method, path, headers, body }: AskedService, { now, sessionToken }: AwsAccount): ServiceReply | null {
  const [, access, day, region, names = '', given] = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([a-z0-9-]+)\/kms\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ?? [];
  const time = String(headers['x-amz-date']);
  if (access !== awsAccess.accessKeyId) return error('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (sessionToken !== null && headers['x-amz-security-token'] !== sessionToken) return error('ExpiredTokenException', 'The security token included in the request is expired');
  if (region !== awsRegion || !['host', 'x-amz-date', 'x-amz-target', 'content-type'].every((name) => names.split(';').includes(name))) return error('IncompleteSignatureException', names);
  const sent = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now().getTime() - sent) < 300_000)) return error('InvalidSignatureException', 'Signature expired');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`).join('');
  const canonical = `${method}\n${path}\n\n${lines}\n${names}\n${sha256(body).toString('hex')}`;
  const scope = `${day}/${region}/kms/aws4_request`;
  const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const key = mac(mac(mac(mac(`AWS4${awsAccess.secretAccessKey}`, day ?? ''), region), 'kms'), 'aws4_request');
  const expected = mac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical).toString('hex')}`).toString('hex');
  return given === expected ? null : error('InvalidSignatureException', 'The request signature we calculated does not match');
}

export function error(type: string, message: string): ServiceReply {
  return { status: 400, body: { __type: type, message } };
}
