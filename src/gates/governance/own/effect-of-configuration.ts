import { organizationConfigurationPath, repositoryConfigurationPath } from '../../../domain/configuration/configuration-paths.ts';
import type { ConfigurationEffect } from '../../../domain/configuration/configuration-effect.ts';
import { effectOfChange } from '../../../domain/configuration/effect-of-change.ts';
import { organizationDocument } from '../../../domain/configuration/organization-document.ts';
import { readConfiguration } from '../../../domain/configuration/read-configuration.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { FileSide } from '../../../domain/tree.ts';
import { sideRequest, readSide } from '../../../domain/document/read-side.ts';

/**
 * What a change of the configuration would do, beside the verdict of the base: for the repository, and at the root for the
 * whole organisation. Says nothing of what can not be read or is not valid: findings do. It asks what `ownFileDeriver` asks.
 */
export function effectOfConfiguration(snapshot: Snapshot, evidence: Evidence): readonly ConfigurationEffect[] {
  const isRoot = snapshot.configuration.effective?.isRoot === true;
  return changedFiles(snapshot).flatMap((file) => {
    if (file.path === repositoryConfigurationPath) return effectOf(snapshot, evidence, file, 'repository');
    return isRoot && file.path === organizationConfigurationPath ? effectOf(snapshot, evidence, file, 'organisation') : [];
  });
}

function effectOf({ configuration, change }: Snapshot, evidence: Evidence, file: SnapshotFile, reach: 'repository' | 'organisation'): readonly ConfigurationEffect[] {
  const { path } = file;
  if (sideRequest(file.head) === null) return [{ kind: 'gone', path }];
  const [before, after] = [documentAt(file.base, path, evidence), documentAt(file.head, path, evidence)];
  if (before === 'unknown' || after === 'unknown') return [];
  const organization = organizationDocument(configuration);
  const levels = (document: JsonObject | null) => (reach === 'repository' ? { organization, repository: document } : { organization: document, repository: null });
  return [{ kind: 'changes', path, reach, changes: effectOfChange({ before: levels(before), after: levels(after), defaultBranch: change.baseBranch }) }];
}

function documentAt(side: FileSide | null, path: string, evidence: Evidence): JsonObject | 'unknown' | null {
  const text = readSide(side, evidence);
  if (text.kind === 'absent') return null;
  const reading = text.kind === 'text' ? readConfiguration(text.bytes, path) : null;
  return reading?.kind === 'valid' ? reading.document : 'unknown';
}
