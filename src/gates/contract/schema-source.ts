import { modernSchema } from '../../domain/compatibility/modern-schema.ts';
import { schemaDialect } from '../../domain/compatibility/schema-dialect.ts';
import { findBuiltinSchema } from '../../domain/contract/builtin-schemas.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf, SchemaSource } from '../../domain/probe-request.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import { sideRequest } from './side-reading.ts';

/** A configured schema as the base has it. `path` is null for one that does not stand in the repository. */
export type SchemaReading =
  | { readonly kind: 'source'; readonly source: SchemaSource; readonly path: string | null }
  | { readonly kind: 'unusable'; readonly why: string; readonly path: string | null }
  | { readonly kind: 'unavailable'; readonly why: string; readonly path: string };

export const envelopeSource: SchemaSource = { kind: 'builtin', name: 'contract-envelope' };

/** The base decides with its own schema; the head's is only content to judge. */
export function readSchema(name: string, snapshot: Snapshot, evidence: Evidence): SchemaReading {
  if (name.startsWith('builtin:')) return { kind: 'source', source: { kind: 'builtin', name: name.slice('builtin:'.length) }, path: null };
  if (name.startsWith('org:')) return { kind: 'unusable', why: `the organisation's file ${JSON.stringify(name.slice('org:'.length))} was not found`, path: null };
  const side = baseSide(name, snapshot);
  if (side === null) return { kind: 'unusable', why: 'it does not stand at the base', path: name };
  const request = sideRequest(side);
  if (request === null) return { kind: 'unusable', why: 'it is no plain file within the size limit', path: name };
  const answer = evidence.find(request);
  if (answer === undefined) return { kind: 'unavailable', why: 'it was not read', path: name };
  if (answer.kind === 'unavailable') return { kind: 'unavailable', why: answer.why, path: name };
  if (answer.value.kind === 'too-large') return { kind: 'unusable', why: `it has ${answer.value.size} bytes`, path: name };
  const reading = readOnce(answer.value.bytes, name);
  if (reading.kind === 'problem') return { kind: 'unusable', why: reading.problem.message, path: name };
  return { kind: 'source', source: { kind: 'document', blob: side.blob, value: reading.document.value }, path: name };
}

/** What a schema says, in the form that the validator takes; null for one that can not be used. */
export function schemaValue(reading: SchemaReading): JsonValue | null {
  if (reading.kind !== 'source') return null;
  if (reading.source.kind === 'builtin') return findBuiltinSchema(reading.source.name) ?? null;
  const { value } = reading.source;
  const dialect = schemaDialect(value);
  return dialect === null ? value : modernSchema(value, dialect);
}

/** The question that `readSchema` needs answered; null when it needs none. */
export function schemaRequest(name: string, snapshot: Snapshot): RequestOf<'blob'> | null {
  return name.startsWith('builtin:') || name.startsWith('org:') ? null : sideRequest(baseSide(name, snapshot));
}

function baseSide(path: string, snapshot: Snapshot): Snapshot['files'][number]['base'] {
  return snapshot.files.find((file) => file.path === path)?.base ?? null;
}
