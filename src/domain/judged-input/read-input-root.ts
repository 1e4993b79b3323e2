import { isDigest } from '../digest.ts';
import type { Digest } from '../digest.ts';
import { gateNames } from '../gate-name.ts';
import type { GateName } from '../gate-name.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';
import { inputVersion } from './write-judged-input.ts';

export interface InputRoot {
  readonly engine: string;
  readonly gates: readonly GateName[];
  readonly configuration: Digest;
  readonly files: readonly Digest[];
  readonly evidence: readonly Digest[];
  /** What stands in no part. */
  readonly snapshot: JsonObject;
}

export type RootReading =
  | { readonly kind: 'root'; readonly root: InputRoot }
  /** Written in a form that this release does not know. */
  | { readonly kind: 'newer'; readonly engine: string | null }
  | { readonly kind: 'problem' };

/** Reads what the digest of a decision's input stands for: it names the parts, and is small. */
export function readInputRoot(bytes: Uint8Array): RootReading {
  const value = parseJson(bytes);
  if (!isJsonObject(value)) return { kind: 'problem' };
  const { version, engine, gates, configuration, files, evidence, snapshot } = value;
  if (typeof version === 'number' && version > inputVersion) return { kind: 'newer', engine: typeof engine === 'string' ? engine : null };
  const isWhole = version === inputVersion && typeof engine === 'string' && isJsonObject(snapshot) && isDigest(configuration);
  return isWhole && isGates(gates) && isDigests(files) && isDigests(evidence) ? { kind: 'root', root: { engine, gates, configuration, files, evidence, snapshot } } : { kind: 'problem' };
}

/** Every part, each once. */
export function partsOfRoot({ configuration, files, evidence }: InputRoot): readonly Digest[] {
  return [...new Set([configuration, ...files, ...evidence])];
}

function isGates(value: JsonValue | undefined): value is readonly GateName[] {
  return Array.isArray(value) && value.every((one) => gateNames.some((name) => name === one));
}

function isDigests(value: JsonValue | undefined): value is readonly Digest[] {
  return Array.isArray(value) && value.every(isDigest);
}
