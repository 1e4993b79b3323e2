import { envelopeView } from '../../domain/contract/contract-field.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { RequestOf, SchemaSource } from '../../domain/probe-request.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { FileSide } from '../../domain/tree.ts';
import type { ContractFile } from './contract-file.ts';
import { envelopeSource } from './schema-source.ts';

/** Whether the document satisfies the envelope, seen through the mapped fields. */
export function envelopeRequest(file: ContractFile, side: FileSide, value: JsonValue): RequestOf<'validation'> {
  if (file.isPlain) return { kind: 'validation', schema: envelopeSource, blob: side.blob, value };
  const view = isJsonObject(value) ? envelopeView(value, file.set.fields, file.path) : value;
  // One blob has as many views as sets and paths: the view's own digest keeps their answers apart.
  return { kind: 'validation', schema: envelopeSource, blob: digestOfValue(view).slice('sha256:'.length), value: view };
}

export function schemaValidationRequest(source: SchemaSource, side: FileSide, value: JsonValue): RequestOf<'validation'> {
  return { kind: 'validation', schema: source, blob: side.blob, value };
}
