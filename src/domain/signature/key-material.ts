import { createPublicKey } from 'node:crypto';
import { quoted } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { decodeBase64Url } from './base64url.ts';
import type { KeyKind } from './public-key.ts';
import type { KeysProblem } from './read-keys.ts';
import { isSmallOrderPoint } from './small-order-point.ts';

export interface MaterialReading {
  /** Null with a problem. */
  readonly kind: KeyKind | null;
  readonly material: JsonObject;
  readonly problems: readonly KeysProblem[];
}

interface Shape {
  readonly kind: KeyKind;
  /** Names of the numbers, each with its least and most bytes. */
  readonly numbers: readonly (readonly [name: string, least: number, most: number])[];
}

/** RFC 7518 section 6.2.1: coordinates are as long as the curve says. RSA: 2048 to 8192 bits, the exponent at most 32. */
const shapes: Readonly<Record<string, Shape>> = {
  'EC P-256': { kind: 'P-256', numbers: [['x', 32, 32], ['y', 32, 32]] },
  'EC P-384': { kind: 'P-384', numbers: [['x', 48, 48], ['y', 48, 48]] },
  'OKP Ed25519': { kind: 'Ed25519', numbers: [['x', 32, 32]] },
  RSA: { kind: 'RSA', numbers: [['n', 256, 1024], ['e', 1, 4]] },
};

/** What a JWK is as a key: its kind and its numbers, each of the right size, together a key that exists. */
export function readKeyMaterial(key: JsonObject, pointer: string): MaterialReading {
  const type = member(key, 'kty');
  const curve = member(key, 'crv');
  const name = type === 'RSA' ? 'RSA' : [type, curve].map((one) => (typeof one === 'string' ? one : 'none')).join(' ');
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) return refused([{ pointer: `${pointer}/kty`, expected: 'kty EC with crv P-256 or P-384, kty OKP with crv Ed25519, or kty RSA', found: quoted(name) }]);
  const problems = shape.numbers.flatMap(([number, least, most]) => numberProblems(member(key, number), { pointer: `${pointer}/${number}`, number, least, most }));
  if (problems.length > 0) return refused(problems);
  const names = ['kty', ...(shape.kind === 'RSA' ? [] : ['crv']), ...shape.numbers.map(([number]) => number)];
  const material = Object.fromEntries(names.map((one) => [one, member(key, one) ?? null]));
  const weakness = weaknessOf(shape.kind, material);
  return weakness === null ? { kind: shape.kind, material, problems: [] } : refused([{ pointer, expected: `a ${shape.kind} key that is one`, found: weakness }]);
}

function numberProblems(value: JsonValue | undefined, { pointer, number, least, most }: { readonly pointer: string; readonly number: string; readonly least: number; readonly most: number }): readonly KeysProblem[] {
  const expected = `\`${number}\` as ${least === most ? least : `${least} to ${most}`} bytes in base64url`;
  const bytes = typeof value === 'string' ? decodeBase64Url(value) : null;
  if (bytes === null) return [{ pointer, expected, found: value === undefined ? 'none' : 'another value' }];
  return bytes.byteLength >= least && bytes.byteLength <= most ? [] : [{ pointer, expected, found: `${bytes.byteLength} bytes` }];
}

/** With such a key everybody could sign, or nobody could be verified. */
function weaknessOf(kind: KeyKind, material: JsonObject): string | null {
  if (kind === 'RSA' && !hasSoundExponent(material)) return 'an exponent that is 1 or even';
  if (kind === 'Ed25519' && isSmallOrderPoint(bytesOf(material, 'x'))) return 'a point of small order, for which everybody can sign';
  try {
    const { modulusLength } = createPublicKey({ key: material, format: 'jwk' }).asymmetricKeyDetails ?? {};
    return kind === 'RSA' && (modulusLength ?? 0) < 2048 ? `${modulusLength ?? 0} bits` : null;
  } catch {
    return 'numbers that make no such key';
  }
}

function hasSoundExponent(material: JsonObject): boolean {
  const exponent = bytesOf(material, 'e').reduce((number, byte) => number * 256 + byte, 0);
  return exponent >= 3 && exponent % 2 === 1;
}

function bytesOf(material: JsonObject, name: string): Uint8Array {
  const value = material[name];
  return (typeof value === 'string' ? decodeBase64Url(value) : null) ?? new Uint8Array();
}

function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function refused(problems: readonly KeysProblem[]): MaterialReading {
  return { kind: null, material: {}, problems };
}
