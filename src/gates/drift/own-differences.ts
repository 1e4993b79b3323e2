import type { Behavior } from '../../domain/behavior/behavior.ts';
import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import { member } from '../../domain/configuration/member.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';

/** What a source answered about a change, without what the change has no part in. */
export interface OwnReading {
  readonly reading: SourceReading;
  /** Differences of managed files that the change does not touch: they stood in the base. */
  readonly standing: readonly JsonObject[];
}

/** A managed file differs because of the change only where the change touches it: a template counts as the base has it. Of what other sources tell nothing is taken away. */
export function ownReading({ source }: Pick<Behavior, 'source'>, reading: SourceReading, files: ReadonlyMap<string, SnapshotFile>): OwnReading {
  if (source.kind !== 'repository-files' || reading.kind !== 'answered') return { reading, standing: [] };
  const differences = differencesIn(reading);
  const isOwn = (difference: JsonObject): boolean => files.get(member.text(difference, 'path') ?? '')?.changed === true;
  return { reading: { ...reading, value: { differences: differences.filter(isOwn) } }, standing: differences.filter((difference) => !isOwn(difference)) };
}

/** The differences that a source found which compares by itself. */
export function differencesIn(reading: SourceReading): readonly JsonObject[] {
  return reading.kind === 'answered' && isJsonObject(reading.value) ? member.objects(reading.value, 'differences') : [];
}
