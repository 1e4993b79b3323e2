import { resolve } from 'node:path';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import type { Finding } from '../../domain/finding.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { readNamedFile, readOrganizationConfiguration, readRepositoryConfiguration } from './configuration-file.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { configurationFindings } from './configuration-findings.ts';

export interface ConfigurationToCheck {
  readonly repo: string;
  /** Null: the repository's own. */
  readonly file: string | null;
  readonly organization: string | null;
  readonly isJson: boolean;
}

export async function checkConfiguration(terminal: Terminal, wanted: ConfigurationToCheck): Promise<number> {
  const file = wanted.file === null ? await readRepositoryConfiguration(await repositoryRoot(resolve(terminal.directory, wanted.repo)), repoWords(wanted.repo)) : await readNamedFile(terminal.directory, wanted.file);
  const organization = wanted.organization === null ? null : await readOrganizationConfiguration(terminal.directory, wanted.organization);
  const findings = findingsOf(file, organization);
  if (wanted.isJson) terminal.write(`${JSON.stringify({ valid: findings.length === 0, findings }, null, 2)}\n`);
  else if (findings.length > 0) terminal.write(configurationFindings(findings, terminal));
  else terminal.write(`${terminalText(file.path)} is valid${organization === null ? '' : ' and loosens nothing of the organisation'}.\n`);
  return findings.length === 0 ? exitCodes.allow : exitCodes.deny;
}

function findingsOf(file: ConfigurationFile, organization: ConfigurationFile | null): readonly Finding[] {
  const reading = readConfiguration(file.bytes, file.path);
  if (reading.kind === 'invalid') return reading.findings;
  if (organization === null) return [];
  const above = readConfiguration(organization.bytes, organization.path);
  if (above.kind === 'invalid') return above.findings;
  return mergeConfiguration({ organization: above.document, repository: reading.document, defaultBranch: 'main', repositoryText: reading.text }).findings;
}
