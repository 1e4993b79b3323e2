import type { ContractField, ContractFields } from '../configuration/configuration.ts';
import type { Digest } from '../digest.ts';
import { digestOfValue } from '../digest.ts';
import type { Document } from '../document/document.ts';
import { tokensOf } from '../document/pointer.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import { stateFields } from './contract-field.ts';

/** The document without signature and state: what hash, signature, immutability and chain concern. */
export function contractContent(document: JsonValue, fields: ContractFields): JsonValue {
  return withoutPlaces(document, statePlaces(fields));
}

/**
 * The content without what every new version states anew: its version, the one before, the policies that held, the key.
 * What is left is what a version promises, and what the class of a change is about.
 */
export function contractPromise(document: JsonValue, fields: ContractFields): JsonValue {
  return withoutPlaces(document, statedPlaces(fields));
}

/** Where signature and state stand. A field without a place of its own, or that is the whole document, takes nothing away. */
export function statePointers(fields: ContractFields): readonly string[] {
  return pointersOf(fields, stateFields);
}

function pointersOf(fields: ContractFields, names: readonly ContractField[]): readonly string[] {
  return names.flatMap((field) => {
    const source = fields[field];
    return source.kind === 'pointer' && source.pointer !== '' ? [source.pointer] : [];
  });
}

export function withoutMembers(document: JsonValue, pointers: readonly string[]): JsonValue {
  return withoutPlaces(document, placesOf(pointers));
}

/** Tokens of pointers. */
type Places = readonly (readonly string[])[];

const statePlaces = rememberedPlaces(stateFields);
const statedPlaces = rememberedPlaces([...stateFields, 'contractVersion', 'previousContractRef', 'policyBundleChecksum', 'kmsKeyRef']);

/** A few mappings are looked at for thousands of contracts. */
function rememberedPlaces(names: readonly ContractField[]): (fields: ContractFields) => Places {
  const remembered = new WeakMap<ContractFields, Places>();
  return (fields) => {
    const places = remembered.get(fields) ?? placesOf(pointersOf(fields, names));
    remembered.set(fields, places);
    return places;
  };
}

function placesOf(pointers: readonly string[]): Places {
  return pointers.map((pointer) => tokensOf(pointer) ?? []);
}

function withoutPlaces(document: JsonValue, places: Places): JsonValue {
  return places.reduce(without, document);
}

/** SHA-256 over the RFC 8785 form of the content: a contract's identity. Computed once per document and mapping. */
export function contentHash(document: Document, fields: ContractFields): Digest {
  const known = hashes.get(document)?.get(fields);
  if (known !== undefined) return known;
  const hash = digestOfValue(contractContent(document.value, fields));
  hashes.set(document, (hashes.get(document) ?? new WeakMap<ContractFields, Digest>()).set(fields, hash));
  return hash;
}

const hashes = new WeakMap<Document, WeakMap<ContractFields, Digest>>();

/** A copy without the member at these tokens; what holds it stays, even when it becomes empty. */
function without(value: JsonValue, tokens: readonly string[]): JsonValue {
  const [first, ...rest] = tokens;
  if (first === undefined || !isJsonObject(value) || !Object.hasOwn(value, first)) return value;
  if (rest.length > 0) return { ...value, [first]: without(value[first] ?? null, rest) };
  const { [first]: _, ...others } = value;
  return others;
}
