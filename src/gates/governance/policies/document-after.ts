import { readConfiguration } from '../../../domain/configuration/read-configuration.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { readSide } from '../../../domain/document/read-side.ts';

/** What a configuration says after the change. One that is gone or not valid judges nothing: that before it stays. */
export function documentAfter({ snapshot, evidence }: ChangeToDerive, path: string, before: JsonObject): JsonObject {
  const text = readSide(changedConfiguration(snapshot, path)?.head ?? null, evidence);
  const reading = text.kind === 'text' ? readConfiguration(text.bytes, path) : null;
  return reading?.kind === 'valid' ? reading.document : before;
}

export function changedConfiguration(snapshot: Snapshot, path: string): SnapshotFile | null {
  return changedFiles(snapshot).find((file) => file.path === path) ?? null;
}
