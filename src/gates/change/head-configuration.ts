import { organizationConfigurationPath, repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { readOwnFile } from './read-own-file.ts';

/** A configuration that this change adds or changes, when it is valid. */
export interface HeadConfiguration {
  readonly document: JsonObject;
  readonly text: string;
}

/** Null when the change does not touch it, or when it can not be read: its own check says why. */
export function headConfiguration(snapshot: Snapshot, evidence: Evidence): HeadConfiguration | null {
  return configurationAt(repositoryConfigurationPath, snapshot, evidence);
}

/** The same of the organisation's, in its own repository. */
export function headOrganization(snapshot: Snapshot, evidence: Evidence): HeadConfiguration | null {
  return snapshot.configuration.effective?.isRoot === true ? configurationAt(organizationConfigurationPath, snapshot, evidence) : null;
}

function configurationAt(path: string, snapshot: Snapshot, evidence: Evidence): HeadConfiguration | null {
  const file = changedFiles(snapshot).find((one) => one.path === path);
  if (file === undefined) return null;
  const reading = readOwnFile({ file, kind: 'configuration' }, evidence);
  if (reading.kind !== 'document') return null;
  const configuration = readConfiguration(reading.bytes, file.path);
  return configuration.kind === 'valid' ? { document: configuration.document, text: configuration.text } : null;
}

/** `config/ratchet`: where the head's own configuration would loosen the organisation's. */
export function ratchetFindings(snapshot: Snapshot, head: HeadConfiguration | null): readonly Finding[] {
  const { organizationText } = snapshot.configuration;
  if (head === null || organizationText === null) return [];
  const organization = readConfiguration(new TextEncoder().encode(organizationText), repositoryConfigurationPath);
  if (organization.kind === 'invalid') return organization.findings;
  const merged = mergeConfiguration({ organization: organization.document, repository: head.document, repositoryText: head.text, defaultBranch: snapshot.change.baseBranch });
  return merged.findings;
}
