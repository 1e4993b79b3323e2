import { policyPathsOf } from '../../../domain/configuration/configuration-of.ts';
import { readConfiguration } from '../../../domain/configuration/read-configuration.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { readSide } from '../read-side.ts';

/** Globs of policies that a configuration has after the change. One that is gone or not valid judges nothing: those before stay. */
export function globsAfter({ snapshot, evidence }: ChangeToDerive, path: string, before: readonly string[]): readonly string[] {
  const text = readSide(changedConfiguration(snapshot, path)?.head ?? null, evidence);
  const reading = text.kind === 'text' ? readConfiguration(text.bytes, path) : null;
  return reading?.kind === 'valid' ? policyPathsOf(reading.document) : before;
}

export function changedConfiguration(snapshot: Snapshot, path: string): SnapshotFile | null {
  return changedFiles(snapshot).find((file) => file.path === path) ?? null;
}
