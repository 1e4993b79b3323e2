import { createECDH, createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A key pair as a fake service keeps it. */
export interface KeptKey {
  readonly kind: 'ES256' | 'Ed25519';
  readonly privateKey: KeyObject;
  /** DER. */
  readonly spki: Buffer;
  readonly pem: string;
}

export function aKeptKey(kind: KeptKey['kind'] = 'ES256'): KeptKey {
  const { privateKey, publicKey } = kind === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' }) : generateKeyPairSync('ed25519');
  return { kind, privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }), pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

/** As a service signs: it has only the digest of what it signs, which the runtime's own `sign` can not take. 64 bytes, r ‖ s (SEC 1, 4.1.3). */
export function signDigest({ privateKey }: KeptKey, digest: Uint8Array): Buffer {
  const secret = numberOf(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  for (;;) {
    const nonce = createECDH('prime256v1');
    const x = numberOf(nonce.generateKeys().subarray(1, 33));
    const r = x % order;
    const s = (inverse(numberOf(nonce.getPrivateKey())) * ((numberOf(digest) + r * secret) % order)) % order;
    if (r !== 0n && s !== 0n) return Buffer.concat([bytesOf(r), bytesOf(s)]);
  }
}

export function signMessage({ privateKey }: KeptKey, message: Uint8Array): Buffer {
  return sign(null, message, privateKey);
}

/** The DER SEQUENCE of two INTEGERs. */
export function derOf(p1363: Uint8Array): Buffer {
  const integers = [p1363.subarray(0, 32), p1363.subarray(32)].map((bytes) => {
    const magnitude = Buffer.from(bytes.subarray(Math.max(0, bytes.findIndex((byte) => byte !== 0))));
    const body = (magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude;
    return Buffer.concat([Buffer.of(0x02, body.length), body]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** Bitwise, as its definition says: another way than that of the code under test. */
export function checksumOf(bytes: Uint8Array): string {
  let crc = 0xffff_ffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x82f6_3b78n : crc >> 1n;
  }
  return String(crc ^ 0xffff_ffffn);
}

export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value % order, order, 1n, 0n];
  while (a !== 0n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((y % order) + order) % order;
}

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
