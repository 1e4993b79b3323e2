import type { Comparison } from '../../../domain/compatibility/comparison.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import { comparisonRequest } from './comparison-request.ts';
import { olderVersions } from './older-versions.ts';
import type { OlderVersion } from './older-versions.ts';
import { readSchemaBlob } from './schema-reading.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/** How a changed schema compares with one older content under one demand. */
export type Compared =
  | { readonly kind: 'compared'; readonly demand: SchemaDemand; readonly older: OlderVersion; readonly comparison: Comparison }
  /** Beyond proof, however often it is asked. */
  | { readonly kind: 'undecided'; readonly demand: SchemaDemand; readonly older: OlderVersion | null; readonly why: string }
  /** Machine trouble. */
  | { readonly kind: 'unavailable'; readonly older: OlderVersion; readonly why: string };

/** Everything that a changed schema has to be compatible with, compared. */
export function comparedWith(file: JudgedSchema, world: SchemaWorld): readonly Compared[] {
  return file.demands.flatMap((demand) => {
    const { versions, leftOut } = olderVersions(demand, world);
    const rest: readonly Compared[] = leftOut === 0 ? [] : [{ kind: 'undecided', demand, older: null, why: `it has ${leftOut} more older versions than are compared in one change` }];
    return [...versions.map((older) => compared(file, demand, older, world)), ...rest];
  });
}

function compared(file: JudgedSchema, demand: SchemaDemand, older: OlderVersion, { evidence }: SchemaWorld): Compared {
  const reading = readSchemaBlob(older, older.path, evidence);
  if (reading.kind === 'unavailable') return { kind: 'unavailable', older, why: reading.why };
  const request = comparisonRequest(file, reading, demand);
  if (request === null) return { kind: 'undecided', demand, older, why: reading.kind === 'unusable' ? `the older version can not be read: ${reading.why}` : 'there is nothing to compare' };
  const answer = evidence.find(request);
  if (answer === undefined) return { kind: 'unavailable', older, why: 'it was not compared' };
  return answer.kind === 'unavailable' ? { kind: 'unavailable', older, why: answer.why } : { kind: 'compared', demand, older, comparison: answer.value };
}
