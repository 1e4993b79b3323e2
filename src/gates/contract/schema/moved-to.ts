import type { Digest } from '../../../domain/digest.ts';
import { isCoveredBy } from '../../../domain/schema/schema-demand.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/**
 * Whether a content that leaves a path stands, after the change, at another path that demands at least as much: then it
 * moved, and its versions come along. A place that demands less would be a way around.
 */
export function hasMoved({ path }: JudgedSchema, contentHash: Digest, demand: SchemaDemand, world: SchemaWorld): boolean {
  return (arrivals(world).get(contentHash) ?? []).some((file) => file.path !== path && file.demands.some((other) => isCoveredBy(demand, other)));
}

const known = new WeakMap<SchemaWorld, ReadonlyMap<Digest, readonly JudgedSchema[]>>();

/** Changed paths by what they have after the change. */
function arrivals(world: SchemaWorld): ReadonlyMap<Digest, readonly JudgedSchema[]> {
  const found = known.get(world) ?? byContent(world);
  known.set(world, found);
  return found;
}

function byContent({ changed }: SchemaWorld): ReadonlyMap<Digest, readonly JudgedSchema[]> {
  const arrived = new Map<Digest, JudgedSchema[]>();
  for (const file of changed) {
    if (file.inResult.kind !== 'document') continue;
    const others = arrived.get(file.inResult.contentHash);
    if (others === undefined) arrived.set(file.inResult.contentHash, [file]);
    else others.push(file);
  }
  return arrived;
}
