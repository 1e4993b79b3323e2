import { generateKeyPairSync, verify } from 'node:crypto';
import type { AskedService, KeyServer, ServiceReply } from './a-key-server.ts';
import { checksumOf, derOf, signDigest, signMessage } from './kept-key.ts';
import type { KeptKey } from './kept-key.ts';

interface GcpProject {
  /** By the name of the version. */
  readonly keys: Readonly<Record<string, KeptKey>>;
  readonly now: () => Date;
  /** What the metadata server hands out; null: none runs there. */
  accessToken: string | null;
}

export const gcpAccount = { email: 'plumbline@example.iam.gserviceaccount.com', keyId: 'k1', ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };

export function versionOf(key: string, version = 1): string {
  return `projects/example/locations/europe-west3/keyRings/plumbline/cryptoKeys/${key}/cryptoKeyVersions/${version}`;
}

/** Cloud KMS as it answers asymmetricSign and publicKey, and a metadata server at the same address. */
export function fakeGcpKms(project: GcpProject): (asked: AskedService, server: KeyServer) => ServiceReply {
  return (asked, server) => {
    if (asked.path.startsWith('/computeMetadata/')) return metadata(asked, project);
    if (!isAuthorized(asked.headers.authorization ?? '', project)) return error(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    const [, name = '', verb] = /^\/v1\/(.+?)(\/publicKey|:asymmetricSign)$/.exec(asked.path) ?? [];
    const key = project.keys[name];
    if (key === undefined) return error(404, 'NOT_FOUND', `CryptoKeyVersion ${name} not found.`);
    if (verb === '/publicKey' && asked.method === 'GET') return { status: 200, body: { name, pem: key.pem, pemCrc32c: checksumOf(Buffer.from(key.pem)), algorithm: key.kind === 'ES256' ? 'EC_SIGN_P256_SHA256' : 'EC_SIGN_ED25519', protectionLevel: 'HSM' } };
    if (asked.method !== 'POST') return error(404, 'NOT_FOUND', '');
    return sign(name, key, JSON.parse(asked.body), server);
  };
}

interface SignInput {
  readonly digest?: { readonly sha256?: string };
  readonly digestCrc32c?: string;
  readonly data?: string;
  readonly dataCrc32c?: string;
}

function sign(name: string, key: KeptKey, input: SignInput, server: KeyServer): ServiceReply {
  if ((input.digest === undefined) === (input.data === undefined)) return error(400, 'INVALID_ARGUMENT', 'Exactly one of digest and data has to be given.');
  if ((key.kind === 'ES256') !== (input.digest !== undefined)) return error(400, 'INVALID_ARGUMENT', 'The algorithm of this key takes the other one.');
  const bytes = Buffer.from(input.digest?.sha256 ?? input.data ?? '', 'base64');
  if (key.kind === 'ES256' && bytes.length !== 32) return error(400, 'INVALID_ARGUMENT', 'Digest has the wrong length.');
  const given = input.digestCrc32c ?? input.dataCrc32c;
  if (given !== undefined && given !== checksumOf(bytes)) return error(400, 'INVALID_ARGUMENT', 'The checksum in field digest_crc32c did not match the data in field digest.');
  const honest = key.kind === 'ES256' ? signDigest(key, bytes) : signMessage(key, bytes);
  const forged = server.forge?.(honest) ?? honest;
  const signature = key.kind === 'ES256' ? derOf(forged) : forged;
  const received = given === undefined ? {} : { [key.kind === 'ES256' ? 'verifiedDigestCrc32c' : 'verifiedDataCrc32c']: true };
  return { status: 200, body: { name, signature: signature.toString('base64'), signatureCrc32c: checksumOf(signature), protectionLevel: 'HSM', ...received } };
}

function metadata({ path, headers }: AskedService, { accessToken }: GcpProject): ServiceReply {
  if (headers['metadata-flavor'] !== 'Google' || accessToken === null || path !== '/computeMetadata/v1/instance/service-accounts/default/token') return { status: 403, body: {} };
  return { status: 200, body: { access_token: accessToken, expires_in: 3_599, token_type: 'Bearer' } };
}

/** A token of the metadata server, or a JWT that the account signed itself for this API, of an hour at most. */
function isAuthorized(header: string, { accessToken, now }: GcpProject): boolean {
  const token = header.replace(/^Bearer /, '');
  if (accessToken !== null && token === accessToken) return true;
  const [head = '', body = '', signature = ''] = token.split('.');
  if (!verify('sha256', Buffer.from(`${head}.${body}`), gcpAccount.publicKey, Buffer.from(signature, 'base64url'))) return false;
  const { alg, kid }: Record<string, unknown> = JSON.parse(Buffer.from(head, 'base64url').toString());
  const { iss, sub, aud, iat, exp }: Record<string, unknown> = JSON.parse(Buffer.from(body, 'base64url').toString());
  const seconds = now().getTime() / 1_000;
  return alg === 'RS256' && kid === gcpAccount.keyId && iss === gcpAccount.email && sub === iss && aud === 'https://cloudkms.googleapis.com/' && Number(exp) - Number(iat) <= 3_600 && Number(exp) > seconds && Number(iat) <= seconds + 1;
}

function error(status: number, name: string, message: string): ServiceReply {
  return { status, body: { error: { code: status, message, status: name } } };
}
