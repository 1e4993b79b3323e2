import type { AskedService, KeyServer, ServiceReply } from './a-key-server.ts';
import { derOf, sha256, signDigest, signMessage } from './kept-key.ts';
import type { KeptKey } from './kept-key.ts';

interface Vault {
  /** Mount, then name, then the versions from 1 on. */
  readonly transit: Readonly<Record<string, readonly KeptKey[]>>;
  /** Secrets of the engine KV version 2 at `secret/`, by path; null: deleted. */
  readonly secrets: Record<string, Readonly<Record<string, string>> | null>;
  token: string;
  isSealed: boolean;
  readonly namespace: string | null;
}

/** Vault as it answers transit's sign and keys, and KV version 2. */
export function fakeVault(vault: Vault): (asked: AskedService, server: KeyServer) => ServiceReply {
  return (asked, server) => {
    if (vault.isSealed) return errors(503, 'Vault is sealed');
    if ((asked.headers['x-vault-namespace'] ?? null) !== vault.namespace) return errors(404);
    if (asked.headers['x-vault-token'] !== vault.token) return errors(403, 'permission denied');
    const [, engine, kind, name = ''] = /^\/v1\/(.+?)\/(keys|sign|data)\/([^?]+)$/.exec(asked.path) ?? [];
    if (kind === 'data' && engine === 'secret' && asked.method === 'GET') return secret(vault.secrets[name]);
    const versions = vault.transit[`${engine}/${name}`];
    if (versions === undefined) return errors(404);
    if (kind === 'keys' && asked.method === 'GET') return { status: 200, body: { data: describe(name, versions) } };
    if (kind === 'sign' && asked.method === 'POST') return sign(versions, JSON.parse(asked.body), server);
    return errors(405, 'unsupported operation');
  };
}

interface SignInput {
  readonly input?: string;
  readonly prehashed?: boolean;
  readonly hash_algorithm?: string;
  readonly marshaling_algorithm?: string;
  readonly key_version?: number;
}

function sign(versions: readonly KeptKey[], input: SignInput, server: KeyServer): ServiceReply {
  // Version 0 and none mean the newest one.
  const version = input.key_version === undefined || input.key_version === 0 ? versions.length : input.key_version;
  const key = versions[version - 1];
  if (key === undefined) return errors(400, 'cannot sign with key version: key version does not exist');
  if (input.input === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(input.input)) return errors(400, 'unable to decode input as base64');
  const bytes = Buffer.from(input.input, 'base64');
  const { marshaling_algorithm: marshaling = 'asn1', hash_algorithm: algorithm = 'sha2-256' } = input;
  if (!['asn1', 'jws'].includes(marshaling)) return errors(400, 'invalid signature marshaling type');
  if (key.kind === 'ES256' && input.prehashed === true && bytes.length !== 32) return errors(400, 'input has the wrong length for its digest');
  if (algorithm !== 'sha2-256') return errors(400, 'unsupported hash algorithm here');
  // Ed25519 in its pure form knows no digest: what is sent is the message.
  if (key.kind === 'Ed25519' && input.prehashed === true) return errors(400, 'prehashed is another algorithm for ed25519');
  const honest = key.kind === 'Ed25519' ? signMessage(key, bytes) : signDigest(key, input.prehashed === true ? bytes : sha256(bytes));
  const signature = server.forge?.(honest) ?? honest;
  const encoded = key.kind === 'Ed25519' || marshaling === 'asn1' ? (key.kind === 'ES256' ? derOf(signature) : signature).toString('base64') : signature.toString('base64url');
  return { status: 200, body: { data: { signature: `vault:v${version}:${encoded}`, key_version: version } } };
}

function describe(name: string, versions: readonly KeptKey[]): object {
  const [first] = versions;
  const keys = Object.fromEntries(versions.map(({ kind, pem, spki }, index) => [String(index + 1), { name: kind === 'ES256' ? 'P-256' : 'ed25519', creation_time: '2026-11-01T00:00:00Z', public_key: kind === 'ES256' ? pem : spki.subarray(-32).toString('base64') }]));
  return { name, type: first?.kind === 'ES256' ? 'ecdsa-p256' : 'ed25519', latest_version: versions.length, min_available_version: 0, keys, supports_signing: true };
}

function secret(found: Readonly<Record<string, string>> | null | undefined): ServiceReply {
  // A deleted version is answered with 404 and its metadata.
  if (found === null) return { status: 404, body: { data: { data: null, metadata: { deletion_time: '2026-11-02T00:00:00Z', version: 2 } } } };
  return found === undefined ? errors(404) : { status: 200, body: { data: { data: found, metadata: { version: 1 } } } };
}

function errors(status: number, ...texts: readonly string[]): ServiceReply {
  return { status, body: { errors: texts } };
}
