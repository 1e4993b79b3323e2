import type { ContractField, ContractFields } from '../configuration/configuration.ts';
import { tokensOf } from '../document/pointer.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';

/** Every field that a contract can have, in the order in which the envelope shows them. */
export const contractFields: readonly ContractField[] = [
  'contractId',
  'contractVersion',
  'previousContractRef',
  'policyBundleChecksum',
  'kmsKeyRef',
  'lifecycle',
  'emergencyFlags',
  'signature',
];

/** What is not content: it may change without a new version. */
export const stateFields: readonly ContractField[] = ['lifecycle', 'emergencyFlags', 'signature'];

/** The value of a field, undefined where the document has none. */
export function fieldValue(document: JsonValue, fields: ContractFields, field: ContractField, path: string): JsonValue | undefined {
  const source = fields[field];
  switch (source.kind) {
    case 'pointer':
      return valueAt(document, placeOf(source));
    case 'value':
      return source.value;
    case 'path':
      return path;
  }
}

/** JSON pointer of a field in the document; the root for a field that does not stand in it. */
export function fieldPointer(fields: ContractFields, field: ContractField): string {
  const source = fields[field];
  return source.kind === 'pointer' ? source.pointer : '';
}

/** The fields as the envelope schema expects them, whatever the document's shape. */
export function envelopeView(document: JsonValue, fields: ContractFields, path: string): JsonObject {
  const found = contractFields.map((field) => [field, fieldValue(document, fields, field, path)] as const);
  return Object.fromEntries(found.flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])));
}

type FieldPlace = Extract<ContractFields[ContractField], { readonly kind: 'pointer' }>;

/** The tokens of a field's pointer: the same few fields are looked up in every contract. */
function placeOf(source: FieldPlace): readonly string[] {
  const known = places.get(source) ?? tokensOf(source.pointer) ?? [''];
  places.set(source, known);
  return known;
}

const places = new WeakMap<FieldPlace, readonly string[]>();

/** Only own members of objects: a pointer into an array would name another value after an insertion. */
function valueAt(document: JsonValue, place: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const token of place) {
    if (!isJsonObject(value) || !Object.hasOwn(value, token)) return undefined;
    value = value[token];
  }
  return value;
}
