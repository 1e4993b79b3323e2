import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import { quoted } from '../../domain/finding.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';

/** What a source says of a change. A workflow that is neither the base's nor what the change brings was looked at by nobody who judges it: it says nothing. */
export function countedReading(reading: SourceReading, files: ReadonlyMap<string, SnapshotFile>): SourceReading {
  if (reading.kind !== 'answered' || reading.madeBy === undefined) return reading;
  const { path, blob } = reading.madeBy;
  const file = files.get(path);
  if (file?.changed === true && file.head?.blob === blob) return reading;
  return { kind: 'no-signal', why: `an answer of ${quoted(path)}, which ran neither as the base has it nor as this change does: bring the base into the branch, and measure again` };
}
