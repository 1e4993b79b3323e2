import type { Evidence } from '../../../domain/evidence.ts';
import type { ProbeRequest, RequestOf } from '../../../domain/probe-request.ts';
import type { Governed } from '../plan-contracts.ts';
import { sideRequest } from '../side-reading.ts';
import { comparisonRequest } from './comparison-request.ts';
import { compileRequest, compiles } from './compiles.ts';
import { olderVersions } from './older-versions.ts';
import { readSchemaBlob } from './schema-reading.ts';
import { schemaWorld } from './schema-world.ts';
import type { SchemaWorld } from './schema-world.ts';

/** First what stands there and what the record has, then the older contents, all together, then how they compare: three rounds, whatever the answers. */
export function planSchemas(governed: Governed, evidence: Evidence): readonly ProbeRequest[] {
  const world = schemaWorld(governed, evidence);
  if (world.changed.length === 0) return [];
  const first = firstRound(world);
  if (first.some((request) => !evidence.has(request))) return first;
  const second = [...world.changed.flatMap((file) => compileRequest(file) ?? []), ...olderBlobs(world)];
  if (second.some((request) => !evidence.has(request))) return [...first, ...second];
  return [...first, ...second, ...comparisons(world)];
}

function firstRound({ changed, entry }: SchemaWorld): readonly ProbeRequest[] {
  const blobs = changed.flatMap((file) => [sideRequest(file.base), sideRequest(file.result)]).filter((request) => request !== null);
  const families = [...new Set(changed.map((file) => file.place.family))];
  return [{ kind: 'record', entry: entry.entry }, ...blobs, ...families.map((family) => ({ kind: 'schema-versions', entry: entry.entry, family }) as const)];
}

function olderBlobs(world: SchemaWorld): readonly RequestOf<'blob'>[] {
  const older = world.changed.flatMap((file) => file.demands.flatMap((demand) => olderVersions(demand, world).versions));
  return older.map(({ blob, size }) => ({ kind: 'blob', blob, size }));
}

/** A schema that does not compile needs no comparison: the change gate refuses it. */
function comparisons(world: SchemaWorld): readonly RequestOf<'comparison'>[] {
  return world.changed
    .filter((file) => compiles(file, world.evidence) === 'yes')
    .flatMap((file) =>
      file.demands.flatMap((demand) =>
        olderVersions(demand, world).versions.flatMap((older) => comparisonRequest(file, readSchemaBlob(older, older.path, world.evidence), demand) ?? []),
      ),
    );
}
