import type { RequestOf } from '../../../domain/probe-request.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import type { SchemaReading } from './schema-reading.ts';
import type { JudgedSchema } from './schema-world.ts';

/** How what a change has compares with an older content; null where one of them is no document, or nothing is demanded. */
export function comparisonRequest({ inResult }: JudgedSchema, older: SchemaReading, { mode, preset }: SchemaDemand): RequestOf<'comparison'> | null {
  if (inResult.kind !== 'document' || older.kind !== 'document' || mode === null) return null;
  return { kind: 'comparison', older: { blob: older.blob, value: older.document.value }, newer: { blob: inResult.blob, value: inResult.document.value }, mode, preset };
}
