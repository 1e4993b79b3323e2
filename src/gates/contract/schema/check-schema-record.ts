import { quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import { isRecordComplete } from '../is-record-complete.ts';
import { reportSchema, unreadableSchema } from './report-schema.ts';
import { recordedAt } from './schema-world.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/** Both sides and the record of a changed schema must be known. That the record is still being filled is said once, for contracts and schemas. */
export function checkSchemaRecord(file: JudgedSchema, world: SchemaWorld): readonly Finding[] {
  const { path, atBase, inResult } = file;
  const sides = ([['the schema', inResult], ['the schema at the base', atBase]] as const).flatMap(([what, side]) => (side.kind === 'unavailable' ? [unreadableSchema(path, what, side.why)] : []));
  return isRecordComplete(world.entry.entry, world.evidence) ? [...sides, ...recordFindings(file, world)] : sides;
}

function recordFindings(file: JudgedSchema, world: SchemaWorld): readonly Finding[] {
  const recorded = recordedAt(file, world);
  if (recorded === null) return [unreadableSchema(file.path, 'the recorded versions', whyNot(file, world))];
  const { atBase } = file;
  const needsAll = file.demands.some((demand) => demand.isTransitive && demand.layout === 'in-place');
  const isFrozen = file.demands.some((demand) => demand.layout === 'versioned');
  if (!needsAll || isFrozen || atBase.kind !== 'document' || recorded.some((version) => version.contentHash === atBase.contentHash)) return [];
  return [lagging(file)];
}

function whyNot({ place }: JudgedSchema, { evidence, entry }: SchemaWorld): string {
  const answer = evidence.find({ kind: 'schema-versions', entry: entry.entry, family: place.family });
  return answer?.kind === 'unavailable' ? answer.why : 'they were not asked';
}

/** Between what was recorded last and the base there may be versions that nobody knows yet. */
function lagging(file: JudgedSchema): Finding {
  return reportSchema(file, '', {
    code: 'contract/record_incomplete',
    subject: 'schema',
    message: `The base has a version of the schema ${quoted(file.path)} that the record of versions does not have yet.`,
    found: 'no record of the version at the base',
    expected: 'a record that has caught up with the base',
    next: waitForRetry,
  });
}
